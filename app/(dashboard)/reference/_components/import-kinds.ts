import type { z } from "zod";
import type { importInput } from "@/lib/contracts/reference";

type ImportKind = z.input<typeof importInput>["kind"];

/** What can be loaded, with the publisher's own address where there is one for all. */
export const IMPORT_CHOICES: readonly { value: ImportKind; label: string; address: string }[] = [
  {
    value: "endoflife-activemq",
    label: "endoflife.date: Amazon MQ for ActiveMQ",
    address: "https://endoflife.date/api/amazon-mq-activemq.json",
  },
  {
    value: "endoflife-rabbitmq",
    label: "endoflife.date: Amazon MQ for RabbitMQ",
    address: "https://endoflife.date/api/amazon-mq-rabbitmq.json",
  },
  { value: "advisories", label: "Security advisories (OSV or GitHub)", address: "" },
  {
    value: "price-list",
    label: "AWS price list",
    address: "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonMQ/current/index.json",
  },
];

/** The choices' labels by kind. */
export const IMPORT_LABELS: Readonly<Record<string, string>> = Object.fromEntries(
  IMPORT_CHOICES.map(({ value, label }) => [value, label]),
);
