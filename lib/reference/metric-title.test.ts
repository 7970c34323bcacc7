import { expect, it } from "vitest";
import { metricTitle } from "./metric-title";

it.each([
  ["CpuUtilization", "CPU utilization"],
  ["PublishRate", "Publish rate"],
  ["RabbitMQMemUsed", "RabbitMQ mem used"],
  ["RabbitMQFdUsed", "RabbitMQ FD used"],
  ["RabbitMQIOReadAverageTime", "RabbitMQ I/O read average time"],
  ["SystemCpuUtilization", "System CPU utilization"],
  ["JournalFilesForFastRecovery", "Journal files for fast recovery"],
])("%s reads %s", (metric, title) => expect(metricTitle(metric)).toBe(title));
