/** The metrics that recommendations look at; each is in the default set that is read anyway, so none costs anything more. */
export const RECOMMENDATION_METRICS = [
  "CpuUtilization",
  "HeapUsage",
  "StorePercentUsage",
  "CurrentConnectionsCount",
  "TotalMessageCount",
  "TotalConsumerCount",
  "TotalProducerCount",
  "SystemCpuUtilization",
  "RabbitMQMemUsed",
  "RabbitMQMemLimit",
  "RabbitMQDiskFree",
  "ConnectionCount",
  "ConsumerCount",
  "QueueCount",
  "MessageCount",
  "PublishRate",
] as const;
