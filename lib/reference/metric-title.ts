/** Words of AWS's metric names that are not ordinary ones. */
const WORDS: Readonly<Record<string, string>> = { cpu: "CPU", rabbitmq: "RabbitMQ", io: "I/O", fd: "FD", ebs: "EBS" };

/** "CpuUtilization" -> "CPU utilization": AWS's metric names, readable. */
export function metricTitle(metric: string): string {
  const words = metric
    .replace("RabbitMQ", "Rabbitmq")
    .replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, (_, small = "", large = "", last = "") =>
      last === "" ? `${small} ${large}` : `${last} `,
    )
    .split(" ");
  return words.map((word, index) => WORDS[word.toLowerCase()] ?? (index === 0 ? word : word.toLowerCase())).join(" ");
}
