import type { Interruption } from "@/lib/domain/plan";

const GUIDE = "Amazon MQ developer guide";
const REBOOT = `${GUIDE}, "Rebooting an Amazon MQ broker": "Rebooting a broker takes about 5 minutes. If the reboot includes instance size changes or is performed on a broker with high queue depth, the rebooting process can take longer."`;
const WINDOW = `${GUIDE}, "Scheduling the maintenance window": "The duration of the maintenance can last up to two hours"`;
const V4 = `${GUIDE}, "Upgrading RabbitMQ 3 to 4" (https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/upgrading-rabbitmq-v3-to-v4.html)`;

/** Minutes of a plain reboot, and the most that maintenance takes. */
const REBOOT_MINUTES = 5;
const MAINTENANCE_MINUTES = 120;

/** A step that touches nothing in AWS, or something that AWS changes without a reboot. */
export const NO_INTERRUPTION: Interruption = {
  reboots: false,
  minutes: { from: 0, to: 0 },
  effect: "The broker is not rebooted.",
  source: GUIDE,
  verified: true,
};

/** What a reboot means for a deployment mode. `change`: more than a plain reboot happens (version, instance type). */
export function rebootInterruption(deploymentMode: string | null | undefined, change: boolean): Interruption {
  const minutes = { from: REBOOT_MINUTES, to: change ? MAINTENANCE_MINUTES : REBOOT_MINUTES };
  const source = change ? `${REBOOT} ${WINDOW}` : REBOOT;
  switch (deploymentMode) {
    case "SINGLE_INSTANCE":
      return {
        reboots: true,
        minutes,
        effect: "A single instance is offline while it reboots.",
        source,
        verified: true,
      };
    case "ACTIVE_STANDBY_MULTI_AZ":
      return {
        reboots: true,
        minutes,
        effect:
          "One instance at a time: connections are lost at the fail-over, and clients with a fail-over connection string go on with the other instance.",
        source,
        verified: true,
      };
    case "CLUSTER_MULTI_AZ":
      return {
        reboots: true,
        minutes,
        effect: "One node at a time: two nodes keep running, and connections to the node that reboots are lost.",
        source,
        verified: true,
      };
    default:
      return {
        reboots: true,
        minutes: null,
        effect: "How long that takes is not known, because the deployment mode is not.",
        source,
        verified: false,
      };
  }
}

/** The way from RabbitMQ 3.13 to 4.x in place: the whole cluster takes no connections meanwhile, in every deployment mode. */
export const RABBITMQ_4_INTERRUPTION: Interruption = {
  reboots: true,
  minutes: null,
  effect:
    "Connections are blocked while the broker moves to 4.x, in every deployment mode. AWS names no duration: measure it on a broker of a lower environment.",
  source: V4,
  verified: true,
};
