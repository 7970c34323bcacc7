import { DescribeBrokerCommand } from "@aws-sdk/client-mq";
import { z } from "zod";
import { InvalidAnswerError } from "../../failure";
import { parseAnswer } from "../../parse-answer";
import { hashPayload } from "../../payload";
import type { SourceContext } from "../../source-context";
import { brokerArn, optionalFlag, optionalInstant, optionalText, optionalWhole, resourceId } from "../../wire-values";

const texts = z.array(z.string()).nullish();
const configurationRef = z.object({ Id: resourceId, Revision: optionalWhole }).nullish();
const ldap = z
  .object({
    Hosts: texts,
    RoleBase: optionalText,
    RoleName: optionalText,
    RoleSearchMatching: optionalText,
    RoleSearchSubtree: optionalFlag,
    ServiceAccountUsername: optionalText,
    UserBase: optionalText,
    UserRoleName: optionalText,
    UserSearchMatching: optionalText,
    UserSearchSubtree: optionalFlag,
  })
  .nullish();
const dataReplication = z
  .object({
    DataReplicationRole: optionalText,
    DataReplicationCounterpart: z.object({ BrokerId: z.string(), Region: z.string() }).nullish(),
  })
  .nullish();

/** DescribeBroker's answer, as far as it is understood; what is not listed here stays in the payload. */
export const brokerAnswer = z.object({
  BrokerArn: brokerArn,
  BrokerId: resourceId,
  BrokerName: optionalText,
  BrokerState: optionalText,
  ActionsRequired: z.array(z.object({ ActionRequiredCode: optionalText, ActionRequiredInfo: optionalText })).nullish(),
  AuthenticationStrategy: optionalText,
  AutoMinorVersionUpgrade: optionalFlag,
  BrokerInstances: z.array(z.object({ ConsoleURL: optionalText, Endpoints: texts, IpAddress: optionalText })).nullish(),
  Configurations: z
    .object({ Current: configurationRef, Pending: configurationRef, History: z.array(configurationRef).nullish() })
    .nullish(),
  Created: optionalInstant,
  DataReplicationMetadata: dataReplication,
  DataReplicationMode: optionalText,
  DeploymentMode: optionalText,
  EncryptionOptions: z.object({ KmsKeyId: optionalText, UseAwsOwnedKey: optionalFlag }).nullish(),
  EngineType: optionalText,
  EngineVersion: optionalText,
  HostInstanceType: optionalText,
  LdapServerMetadata: ldap,
  Logs: z
    .object({
      Audit: optionalFlag,
      AuditLogGroup: optionalText,
      General: optionalFlag,
      GeneralLogGroup: optionalText,
      Pending: z.object({ Audit: optionalFlag, General: optionalFlag }).nullish(),
    })
    .nullish(),
  MaintenanceWindowStartTime: z
    .object({ DayOfWeek: optionalText, TimeOfDay: optionalText, TimeZone: optionalText })
    .nullish(),
  PendingAuthenticationStrategy: optionalText,
  PendingDataReplicationMetadata: dataReplication,
  PendingDataReplicationMode: optionalText,
  PendingEngineVersion: optionalText,
  PendingHostInstanceType: optionalText,
  PendingLdapServerMetadata: ldap,
  PendingSecurityGroups: texts,
  PendingStorageSize: optionalWhole,
  PubliclyAccessible: optionalFlag,
  SecurityGroups: texts,
  StorageSize: optionalWhole,
  StorageType: optionalText,
  SubnetIds: texts,
  Tags: z.record(z.string(), z.string()).nullish(),
  Users: z.array(z.object({ Username: z.string(), PendingChange: optionalText })).nullish(),
});

export type BrokerAnswer = z.output<typeof brokerAnswer>;
export type LdapAnswer = NonNullable<z.output<typeof ldap>>;
export type DataReplicationAnswer = NonNullable<z.output<typeof dataReplication>>;

export interface FetchedBroker {
  answer: BrokerAnswer;
  /** The answer as sent, in the SDK's names, JSON only, sorted. */
  payload: unknown;
  payloadHash: string;
}

/** Describes one broker. Rejects with AwsCallError (aws-not-found: it is gone) or InvalidAnswerError. */
export async function fetchBroker(
  { channel, counter }: SourceContext,
  region: string,
  brokerId: string,
): Promise<FetchedBroker> {
  const sent = await channel.call({ service: "mq", region, counter }, (client) =>
    client.send(new DescribeBrokerCommand({ BrokerId: brokerId })),
  );
  const answer = parseAnswer(brokerAnswer, sent);
  if (answer.BrokerId !== brokerId) throw new InvalidAnswerError("it describes another broker than was asked for");
  return { answer, payload: sent, payloadHash: hashPayload(sent) };
}
