import { engineLine } from "@/lib/domain/engine-version";
import type { PlannedStep } from "@/lib/domain/plan";
import type { ReplacementTarget } from "@/lib/remediation/replacement-target";
import { awsCommand, cloudFormationBroker, type SnippetBlock, terraformBroker } from "@/lib/remediation/snippets";
import type { Planning } from "@/lib/remediation/step-base";

/** CreateBroker with everything known of the old one. A password is never known: it is taken from a secret that has to be made. */
export function provisionSnippets(planning: Planning, target: ReplacementTarget): PlannedStep["snippets"] {
  const { broker } = planning;
  const { attributes: a } = broker;
  const named = { brokerId: broker.brokerId, name: a.name };
  // The name is taken as long as the old broker exists.
  const name = `${a.name}-2`.slice(-50);
  const line = target.line ?? (a.engineVersion ? (engineLine(a.engineVersion) ?? a.engineVersion) : "<version>");
  const engineType =
    a.engine === "RABBITMQ" ? "RabbitMQ" : a.engine === "ACTIVEMQ" ? "ActiveMQ" : (a.engine ?? "<engine>");
  const configuration = a.configuration?.current ?? null;
  const window = a.maintenanceWindow;
  const tags = Object.entries(a.tags ?? {}).filter(([key]) => !key.startsWith("aws:"));
  const logs = a.logs ?? null;
  const rabbit = a.engine === "RABBITMQ";
  const kms = a.encryption?.useAwsOwnedKey === false ? a.encryption.kmsKeyId : "<ARN of your KMS key>";
  const keptLine = a.engineVersion && engineLine(a.engineVersion) === line;
  const subnets = a.subnetIds ?? [];
  const terraform: SnippetBlock = {
    broker_name: name,
    engine_type: engineType,
    engine_version: line,
    deployment_mode: target.deploymentMode,
    host_instance_type: target.instanceType,
    publicly_accessible: target.publiclyAccessible,
    auto_minor_version_upgrade: true,
    ...(target.storageType && !rabbit ? { storage_type: target.storageType.toLowerCase() } : {}),
    subnet_ids: subnets,
    security_groups: a.securityGroups ?? [],
    ...(configuration && keptLine ? { configuration: { id: configuration.id, revision: configuration.revision } } : {}),
    ...(target.customerManagedKey
      ? { encryption_options: { use_aws_owned_key: false, kms_key_id: kms ?? "<ARN of your KMS key>" } }
      : {}),
    ...(logs ? { logs: { general: logs.general ?? true, ...(rabbit ? {} : { audit: logs.audit ?? true }) } } : {}),
    ...(window
      ? {
          maintenance_window_start_time: {
            day_of_week: window.dayOfWeek,
            time_of_day: window.timeOfDay,
            time_zone: window.timeZone,
          },
        }
      : {}),
    user: { username: "<user>", password: "<from your secret store>" },
    ...(tags.length > 0 ? { tags: Object.fromEntries(tags) } : {}),
  };
  const cloudFormation: SnippetBlock = {
    BrokerName: name,
    EngineType: engineType.toUpperCase(),
    EngineVersion: line,
    DeploymentMode: target.deploymentMode,
    HostInstanceType: target.instanceType,
    PubliclyAccessible: target.publiclyAccessible,
    AutoMinorVersionUpgrade: true,
    ...(target.storageType && !rabbit ? { StorageType: target.storageType } : {}),
    SubnetIds: subnets,
    SecurityGroups: a.securityGroups ?? [],
    ...(configuration && keptLine ? { Configuration: { Id: configuration.id, Revision: configuration.revision } } : {}),
    ...(target.customerManagedKey
      ? { EncryptionOptions: { UseAwsOwnedKey: false, KmsKeyId: kms ?? "<ARN of your KMS key>" } }
      : {}),
    ...(logs ? { Logs: { General: logs.general ?? true, ...(rabbit ? {} : { Audit: logs.audit ?? true }) } } : {}),
    ...(window
      ? {
          MaintenanceWindowStartTime: {
            DayOfWeek: window.dayOfWeek,
            TimeOfDay: window.timeOfDay,
            TimeZone: window.timeZone,
          },
        }
      : {}),
    Users: [{ Username: "<user>", Password: "{{resolve:secretsmanager:<your secret>:SecretString:password}}" }],
    Tags: tags.map(([Key, Value]) => ({ Key, Value })),
  };
  return {
    awsCli: awsCommand("mq create-broker", [
      ["region", broker.region],
      ["broker-name", name],
      ["engine-type", engineType.toUpperCase()],
      ["engine-version", line],
      ["deployment-mode", target.deploymentMode],
      ["host-instance-type", target.instanceType],
      [target.publiclyAccessible ? "publicly-accessible" : "no-publicly-accessible", true],
      ["auto-minor-version-upgrade", true],
      ["storage-type", rabbit ? null : target.storageType],
      ["subnet-ids", subnets.length > 0 ? subnets : null],
      ["security-groups", a.securityGroups?.length ? a.securityGroups : null],
      ["configuration", configuration && keptLine ? `Id=${configuration.id},Revision=${configuration.revision}` : null],
      [
        "encryption-options",
        target.customerManagedKey ? `KmsKeyId=${kms ?? "<ARN of your KMS key>"},UseAwsOwnedKey=false` : null,
      ],
      ["logs", logs ? `General=${logs.general ?? true}${rabbit ? "" : `,Audit=${logs.audit ?? true}`}` : null],
      [
        "maintenance-window-start-time",
        window ? `DayOfWeek=${window.dayOfWeek},TimeOfDay=${window.timeOfDay},TimeZone=${window.timeZone}` : null,
      ],
      ["users", ["Username=<user>,Password=<from your secret store>"]],
      ["tags", tags.length > 0 ? JSON.stringify(Object.fromEntries(tags)) : null],
    ]),
    terraform: terraformBroker({ ...named, name }, terraform).replace(
      "the arguments to set in its resource; all others stay.",
      "its replacement; a resource of its own beside the old one.",
    ),
    cloudFormation: cloudFormationBroker({ ...named, name }, cloudFormation).replace(
      "the properties to set in its resource; all others stay.",
      "its replacement; a resource of its own beside the old one.",
    ),
  };
}
