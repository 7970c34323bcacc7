import type { Engine } from "./model";

const activeDefault = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<broker schedulePeriodForDestinationPurge="10000" xmlns="http://activemq.apache.org/schema/core">
  <!--
  A configuration contains all of the settings for your ActiveMQ broker, in XML format (similar to ActiveMQ's activemq.xml file).
  You can create a configuration before creating any brokers. You can then apply the configuration to one or more brokers.
  -->
  <destinationPolicy>
    <policyMap>
      <policyEntries>
        <policyEntry topic="&gt;" gcInactiveDestinations="true" inactiveTimeoutBeforeGC="600000">
          <pendingMessageLimitStrategy>
            <constantPendingMessageLimitStrategy limit="1000"/>
          </pendingMessageLimitStrategy>
        </policyEntry>
        <policyEntry queue="&gt;" gcInactiveDestinations="true" inactiveTimeoutBeforeGC="600000"/>
      </policyEntries>
    </policyMap>
  </destinationPolicy>
  <plugins/>
</broker>
`;

const rabbitDefault = `# Default RabbitMQ delivery acknowledgement timeout is 30 minutes in milliseconds
consumer_timeout = 1800000
`;

/** An ActiveMQ configuration that says who may use which destination, in the form of the developer guide's example. */
export const authorizedConfiguration = activeDefault.replace(
  "  <plugins/>",
  `  <plugins>
    <authorizationPlugin>
      <map>
        <authorizationMap>
          <authorizationEntries>
            <authorizationEntry admin="admins" queue="&gt;" read="admins" write="admins"/>
            <authorizationEntry admin="admins,apps" queue="orders.&gt;" read="apps" write="apps"/>
            <authorizationEntry admin="admins,apps" topic="ActiveMQ.Advisory.&gt;" read="apps" write="apps"/>
          </authorizationEntries>
        </authorizationMap>
      </map>
    </authorizationPlugin>
  </plugins>`,
);

/** What AWS writes into the first revision of a new configuration. */
export function defaultConfiguration(engine: Engine): string {
  return engine === "ActiveMQ" ? activeDefault : rabbitDefault;
}
