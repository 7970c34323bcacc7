/** Engine and deployment mode of the brokers that fleets tell of: ActiveMQ with or without a standby, RabbitMQ alone or as a cluster. */
export const pair = { mode: "ACTIVE_STANDBY_MULTI_AZ", engine: "ActiveMQ" } as const;
export const single = { mode: "SINGLE_INSTANCE", engine: "ActiveMQ" } as const;
export const rabbit = { mode: "SINGLE_INSTANCE", engine: "RabbitMQ" } as const;
export const cluster = { mode: "CLUSTER_MULTI_AZ", engine: "RabbitMQ" } as const;
