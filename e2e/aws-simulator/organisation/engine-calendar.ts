import type { DeploymentMode, Engine } from "./model";
import { dayMs, dayStart } from "./seeded";

/**
 * What Amazon MQ offered on which day, and when support ended. Dates of lines and of patches up to 5.17 / 3.12 are
 * those of the Amazon MQ release notes (developer guide). The patches that AWS rolled out on the managed lines
 * (ActiveMQ 5.18+, RabbitMQ 3.13+) are not published: their dates and some of the numbers are fiction, as is
 * everything after 2026-11.
 */

interface EnginePatch {
  readonly version: string;
  readonly day: string;
}

export interface EngineLine {
  readonly engine: Engine;
  readonly line: string;
  readonly patches: readonly [EnginePatch, ...EnginePatch[]];
  /** End of support on Amazon MQ, YYYY-MM-DD. */
  readonly endOfSupport?: string;
  /** True where AWS alone decides about patches. */
  readonly managedPatches: boolean;
  readonly next?: string;
}

const patch = (version: string, day: string): EnginePatch => ({ version, day });

export const engineLines: readonly EngineLine[] = [
  {
    engine: "ActiveMQ",
    line: "5.15",
    patches: [
      patch("5.15.0", "2017-11-28"),
      patch("5.15.9", "2019-04-08"),
      patch("5.15.12", "2020-06-30"),
      patch("5.15.15", "2021-05-05"),
      patch("5.15.16", "2023-10-26"),
    ],
    endOfSupport: "2024-09-16",
    managedPatches: false,
    next: "5.16",
  },
  {
    engine: "ActiveMQ",
    line: "5.16",
    patches: [
      patch("5.16.2", "2021-06-07"),
      patch("5.16.3", "2021-10-12"),
      patch("5.16.4", "2022-04-20"),
      patch("5.16.5", "2022-07-14"),
      patch("5.16.7", "2023-10-26"),
    ],
    endOfSupport: "2024-11-15",
    managedPatches: false,
    next: "5.17",
  },
  {
    engine: "ActiveMQ",
    line: "5.17",
    patches: [
      patch("5.17.1", "2022-08-17"),
      patch("5.17.2", "2022-11-09"),
      patch("5.17.3", "2023-06-23"),
      patch("5.17.6", "2023-10-26"),
    ],
    endOfSupport: "2025-06-16",
    managedPatches: false,
    next: "5.18",
  },
  {
    engine: "ActiveMQ",
    line: "5.18",
    patches: [patch("5.18.4", "2024-07-25"), patch("5.18.6", "2025-01-20"), patch("5.18.7", "2025-06-02")],
    managedPatches: true,
    next: "5.19",
  },
  {
    engine: "ActiveMQ",
    line: "5.19",
    patches: [
      patch("5.19.1", "2026-02-19"),
      patch("5.19.5", "2026-05-18"),
      patch("5.19.10", "2026-09-07"),
      patch("5.19.12", "2027-01-18"),
      patch("5.19.14", "2027-05-24"),
    ],
    managedPatches: true,
  },
  {
    engine: "RabbitMQ",
    line: "3.8",
    patches: [
      patch("3.8.6", "2020-11-04"),
      patch("3.8.11", "2021-04-07"),
      patch("3.8.22", "2021-09-08"),
      patch("3.8.27", "2022-02-25"),
      patch("3.8.34", "2023-01-13"),
    ],
    managedPatches: false,
    next: "3.9",
  },
  {
    engine: "RabbitMQ",
    line: "3.9",
    patches: [patch("3.9.13", "2022-02-14"), patch("3.9.24", "2022-12-15"), patch("3.9.27", "2023-04-14")],
    endOfSupport: "2024-09-16",
    managedPatches: false,
    next: "3.10",
  },
  {
    engine: "RabbitMQ",
    line: "3.10",
    patches: [patch("3.10.10", "2022-11-14"), patch("3.10.20", "2023-04-14"), patch("3.10.25", "2023-12-11")],
    endOfSupport: "2024-10-15",
    managedPatches: false,
    next: "3.11",
  },
  {
    engine: "RabbitMQ",
    line: "3.11",
    patches: [patch("3.11.16", "2023-07-27"), patch("3.11.20", "2023-09-27"), patch("3.11.28", "2024-03-04")],
    endOfSupport: "2025-02-17",
    managedPatches: false,
    next: "3.12",
  },
  {
    engine: "RabbitMQ",
    line: "3.12",
    patches: [patch("3.12.13", "2024-05-09")],
    endOfSupport: "2025-03-17",
    managedPatches: false,
    next: "3.13",
  },
  {
    engine: "RabbitMQ",
    line: "3.13",
    patches: [patch("3.13.3", "2024-07-02"), patch("3.13.6", "2024-09-16"), patch("3.13.7", "2025-01-27")],
    managedPatches: true,
    next: "4.2",
  },
  {
    engine: "RabbitMQ",
    line: "4.2",
    patches: [
      patch("4.2.1", "2025-11-20"),
      patch("4.2.4", "2026-02-23"),
      patch("4.2.7", "2026-06-08"),
      patch("4.2.9", "2026-08-24"),
      patch("4.2.11", "2027-03-08"),
    ],
    managedPatches: true,
    next: "4.3",
  },
  {
    engine: "RabbitMQ",
    line: "4.3",
    patches: [
      patch("4.3.4", "2026-09-09"),
      patch("4.3.5", "2026-10-19"),
      patch("4.3.7", "2027-01-25"),
      patch("4.3.9", "2027-06-14"),
    ],
    managedPatches: true,
  },
];

/** The line of a version such as `3.13.7`. @throws Error for versions Amazon MQ never had. */
export function lineOf(engine: Engine, version: string): EngineLine {
  const found = engineLines.find(
    (entry) => entry.engine === engine && (version === entry.line || version.startsWith(`${entry.line}.`)),
  );
  if (!found) throw new Error(`unknown ${engine} version ${version}`);
  return found;
}

export function lineStart(line: EngineLine): number {
  return dayStart(line.patches[0].day);
}

/** The newest patch of a line on a day; the first one for days before the line existed. */
export function latestPatch(line: EngineLine, instant: number): string {
  return line.patches.filter((entry) => dayStart(entry.day) <= instant).at(-1)?.version ?? line.patches[0].version;
}

/** Lines on which a broker can be created: released, and not within 30 days of their end of support (AWS's rule). */
export function creatableLines(engine: Engine, instant: number): EngineLine[] {
  return engineLines.filter(
    (entry) =>
      entry.engine === engine &&
      lineStart(entry) <= instant &&
      (entry.endOfSupport === undefined || instant < dayStart(entry.endOfSupport) - 30 * dayMs) &&
      // 3.8 has no date in the calendar, but was no longer offered when 3.12 arrived.
      (entry.line !== "3.8" || instant < dayStart("2024-05-09")),
  );
}

/** Version names as DescribeBrokerEngineTypes lists them: `5.19` for managed lines, full patches for older ones. */
export function offeredVersions(engine: Engine, instant: number): string[] {
  return creatableLines(engine, instant)
    .flatMap((entry) =>
      entry.managedPatches
        ? [entry.line]
        : entry.patches.filter((one) => dayStart(one.day) <= instant).map((one) => one.version),
    )
    .reverse();
}

export interface InstanceOffer {
  readonly engine: Engine;
  readonly hostInstanceType: string;
  readonly storageType: "EFS" | "EBS";
  readonly deploymentModes: readonly DeploymentMode[];
  readonly versions: readonly string[];
}

/** Day from which mq.m7g is offered (AWS announcement of 2025-07-22). */
export const m7gSince = dayStart("2025-07-22");
/** Day on which RabbitMQ on mq.t3.micro ended; no new such brokers for 90 days before. */
export const rabbitMicroEnd = dayStart("2026-10-01");
/** In-place upgrades from RabbitMQ 3.13 to 4.2 exist from this day on. */
export const rabbitFourInPlaceSince = dayStart("2026-05-05");

const m5Sizes = ["large", "xlarge", "2xlarge", "4xlarge"];
const m7gSizes = ["medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"];

/** What DescribeBrokerInstanceOptions would list on a day. mq.m7g is RabbitMQ only, and RabbitMQ 4 runs on nothing else. */
export function instanceOffers(instant: number): InstanceOffer[] {
  const active = offeredVersions("ActiveMQ", instant);
  const rabbit = offeredVersions("RabbitMQ", instant);
  const rabbitThree = rabbit.filter((version) => version.startsWith("3."));
  const offers: InstanceOffer[] = [];
  const both: DeploymentMode[] = ["SINGLE_INSTANCE", "ACTIVE_STANDBY_MULTI_AZ"];
  const rabbitModes: DeploymentMode[] = ["SINGLE_INSTANCE", "CLUSTER_MULTI_AZ"];
  offers.push({
    engine: "ActiveMQ",
    hostInstanceType: "mq.t3.micro",
    storageType: "EFS",
    deploymentModes: both,
    versions: active,
  });
  for (const size of m5Sizes) {
    const type = `mq.m5.${size}`;
    offers.push({
      engine: "ActiveMQ",
      hostInstanceType: type,
      storageType: "EBS",
      deploymentModes: ["SINGLE_INSTANCE"],
      versions: active,
    });
    offers.push({
      engine: "ActiveMQ",
      hostInstanceType: type,
      storageType: "EFS",
      deploymentModes: both,
      versions: active,
    });
  }
  if (instant < rabbitMicroEnd - 90 * dayMs) {
    offers.push({
      engine: "RabbitMQ",
      hostInstanceType: "mq.t3.micro",
      storageType: "EBS",
      deploymentModes: ["SINGLE_INSTANCE"],
      versions: rabbitThree,
    });
  }
  for (const size of m5Sizes) {
    offers.push({
      engine: "RabbitMQ",
      hostInstanceType: `mq.m5.${size}`,
      storageType: "EBS",
      deploymentModes: rabbitModes,
      versions: rabbitThree,
    });
  }
  if (instant >= m7gSince) {
    for (const size of m7gSizes) {
      offers.push({
        engine: "RabbitMQ",
        hostInstanceType: `mq.m7g.${size}`,
        storageType: "EBS",
        deploymentModes: rabbitModes,
        versions: rabbit,
      });
    }
  }
  return offers;
}
