/** Time of one day with one instance type, in milliseconds. `possibleMs`: may have been, nobody looked in between. */
export interface InstanceStay {
  instanceType: string | null;
  sureMs: number;
  possibleMs: number;
}

/** A broker that existed, or may have existed, on the day. Attributes that were never observed are null. */
export interface BrokerOnDay {
  brokerKey: string;
  region: string;
  engine: string | null;
  deploymentMode: string | null;
  storageType: string | null;
  existingMs: number;
  surelyExistingMs: number;
  stays: readonly InstanceStay[];
  /** GB of its disks over all nodes. */
  storageSizeGb: number | null;
}
