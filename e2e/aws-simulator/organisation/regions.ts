/** Regions in which Amazon MQ exists, as far as the simulator plays them. Opt-in regions are off unless an account says so. */
interface Region {
  readonly id: string;
  readonly optIn: boolean;
  /** Prefix of usage types in bills. */
  readonly billingPrefix: string;
  readonly zones: readonly string[];
}

function region(id: string, billingPrefix: string, zones: string, optIn = false): Region {
  return { id, billingPrefix, optIn, zones: [...zones].map((letter) => `${id}${letter}`) };
}

export const regions: readonly Region[] = [
  region("us-east-1", "USE1", "abcdf"),
  region("us-east-2", "USE2", "abc"),
  region("us-west-1", "USW1", "ac"),
  region("us-west-2", "USW2", "abcd"),
  region("ca-central-1", "CAN1", "abd"),
  region("sa-east-1", "SAE1", "abc"),
  region("eu-west-1", "EU", "abc"),
  region("eu-west-2", "EUW2", "abc"),
  region("eu-west-3", "EUW3", "abc"),
  region("eu-central-1", "EUC1", "abc"),
  region("eu-north-1", "EUN1", "abc"),
  region("ap-south-1", "APS3", "abc"),
  region("ap-northeast-1", "APN1", "acd"),
  region("ap-northeast-2", "APN2", "abcd"),
  region("ap-northeast-3", "APN3", "abc"),
  region("ap-southeast-1", "APS1", "abc"),
  region("ap-southeast-2", "APS2", "abc"),
  region("af-south-1", "AFS1", "abc", true),
  region("ap-east-1", "APE1", "abc", true),
  region("ap-south-2", "APS5", "abc", true),
  region("ap-southeast-3", "APS4", "abc", true),
  region("ap-southeast-4", "APS6", "abc", true),
  region("ap-southeast-5", "APS7", "abc", true),
  region("ap-southeast-6", "APS8", "abc", true),
  region("ap-southeast-7", "APS9", "abc", true),
  region("ca-west-1", "CAN2", "abc", true),
  region("eu-central-2", "EUC2", "abc", true),
  region("eu-south-1", "EUS1", "abc", true),
  region("eu-south-2", "EUS2", "abc", true),
  region("il-central-1", "ILC1", "abc", true),
  region("me-central-1", "MEC1", "abc", true),
  region("me-south-1", "MES1", "abc", true),
  region("mx-central-1", "MXC1", "abc", true),
];

const byId = new Map(regions.map((entry) => [entry.id, entry]));

export function findRegion(id: string): Region | undefined {
  return byId.get(id);
}

/** True for regions that an account must switch on before any call there is accepted. */
export function isOptIn(id: string): boolean {
  return byId.get(id)?.optIn ?? false;
}

/** The part before the first dash of usage types billed in a region. */
export function billingPrefix(id: string): string {
  return byId.get(id)?.billingPrefix ?? id.toUpperCase();
}
