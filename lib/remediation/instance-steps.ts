import { monthlyListCost } from "@/lib/cost/monthly-list-cost";
import type { PlannedStep } from "@/lib/domain/plan";
import { findInstanceTypeOffer, instanceFamily, instanceTypesOf } from "@/lib/reference/instance-types";
import { rebootInterruption } from "@/lib/reference/interruptions";
import { updateBroker } from "@/lib/remediation/snippets";
import {
  brokerShows,
  GUIDE,
  idsOf,
  observed,
  type PlannedFinding,
  type Planning,
  snippetBroker,
  step,
} from "@/lib/remediation/step-base";

/**
 * The type a broker moves to: of the family its engine runs on now (RabbitMQ mq.m7g, ActiveMQ mq.m5), in its size, or the smallest one for production
 * where its size does not exist there or is for evaluation only. Null where the reference data knows none.
 */
export function targetInstanceType(engine: string, deploymentMode: string, current: string | null): string | null {
  const family = engine === "RABBITMQ" ? "mq.m7g" : "mq.m5";
  const offers = instanceTypesOf(engine, deploymentMode).filter(
    ({ instanceType, recommendedUse, creatable }) =>
      instanceFamily(instanceType) === family && recommendedUse === "Production" && creatable,
  );
  const size = current?.split(".").at(-1);
  return (offers.find(({ instanceType }) => instanceType === `${family}.${size}`) ?? offers[0])?.instanceType ?? null;
}

/** The change of the instance type, with the check of the disk where the new one's is smaller; empty where the type stays. */
export function instanceSteps(
  planning: Planning,
  findings: readonly PlannedFinding[],
  needed: boolean,
): readonly PlannedStep[] {
  const { broker, context } = planning;
  const { engine = "", deploymentMode, instanceType } = broker.attributes;
  if (!needed && findings.length === 0) return [];
  const target = deploymentMode ? targetInstanceType(engine, deploymentMode, instanceType ?? null) : null;
  if (target === null) {
    return [
      step({
        key: "instance-change",
        kind: "instance-change",
        title: "Change the instance type",
        instructions:
          "To which type is not known, because the deployment mode was never observed or the reference data has no type for it. Choose one from the instance types of the Amazon MQ developer guide.",
        inWindow: true,
        interruption: rebootInterruption(deploymentMode, true),
        effortHours: 2,
        done: observed(brokerShows("instanceType", "differs", instanceType ?? "unknown")),
        rollBack: "Set the former instance type again, where AWS still offers it.",
        findingIds: idsOf(findings),
      }),
    ];
  }
  if (target === instanceType) return [];
  const disk = diskCheck(planning, target);
  const toEvaluation = instanceType?.endsWith(".micro") ?? false;
  const price = (type: string | null | undefined) =>
    monthlyListCost(context.prices, { region: broker.region, engine, deploymentMode, instanceType: type });
  return [
    ...(disk ? [disk] : []),
    step({
      key: "instance-change",
      kind: "instance-change",
      title: `Change the instance type to ${target}`,
      instructions: `From ${instanceType ?? "an unknown type"} to ${target}. AWS applies it in the next maintenance window, or at once with a reboot.${engine === "RABBITMQ" ? " RabbitMQ 4.x runs on mq.m7g only." : ""}`,
      inWindow: true,
      interruption: rebootInterruption(deploymentMode, true),
      effortHours: 2,
      done: observed(brokerShows("instanceType", "equals", target)),
      snippets: updateBroker(snippetBroker(broker), {
        cli: [["host-instance-type", target]],
        terraform: { host_instance_type: target, apply_immediately: false },
        cloudFormation: { HostInstanceType: target },
      }),
      rollBack: toEvaluation
        ? `AWS takes no broker back to ${instanceType}: going back means a new broker.`
        : `Set ${instanceType ?? "the former type"} again, where AWS still offers it and the engine version runs on it; it takes another reboot.`,
      dependsOn: disk ? [disk.key] : [],
      cost: { before: price(instanceType), after: price(target), parallel: null },
      findingIds: idsOf(findings),
      source: `${GUIDE}/broker-instance-types.html`,
    }),
  ];
}

/** Disks of mq.m7g clusters are small by default (mq.m7g.large: 15 GB a node, mq.m5.large: 200 GB). */
function diskCheck({ broker }: Planning, target: string): PlannedStep | null {
  const { engine = "", deploymentMode = "", instanceType } = broker.attributes;
  const after = findInstanceTypeOffer(engine, target, deploymentMode ?? "");
  const before = instanceType ? findInstanceTypeOffer(engine, instanceType, deploymentMode ?? "") : undefined;
  const gb = after?.diskGbPerNodeDefault ?? null;
  if (gb === null || (before?.diskGbPerNodeDefault != null && before.diskGbPerNodeDefault <= gb)) return null;
  return step({
    key: "condition-disk",
    kind: "condition",
    title: `Check that the data fits the disk of ${target}`,
    instructions: `${target} has ${gb} GB a node by default${before?.diskGbPerNodeDefault ? `, ${instanceType} has ${before.diskGbPerNodeDefault} GB` : ""}. Compare with the disk used at the peak (metric RabbitMQDiskFree of each node), and drain queues first where it does not fit.`,
    effortHours: 1,
    done: { kind: "attestation", statement: `The data of the broker fits ${gb} GB a node at its peak.` },
    rollBack: "Nothing changes in AWS.",
    source: after?.source ?? null,
  });
}
