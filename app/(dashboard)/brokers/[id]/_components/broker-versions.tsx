"use client";

import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { engineLabel } from "@/components/broker/labels";
import { SupportStatus } from "@/components/broker/support-status";
import { AppLink } from "@/components/ui/app-link";
import { ExternalLink } from "@/components/ui/external-link";
import type { BrokerDetail } from "@/lib/contracts/brokers";

type Support = BrokerDetail["support"];

/** How long AWS supports what the broker runs, in sentences, and the upgrade path. */
export function BrokerVersions({
  detail: { broker, support, instanceSupport, upgradePath },
}: {
  detail: BrokerDetail;
}) {
  return (
    <SpaceBetween size="l">
      <KeyValuePairs
        columns={2}
        minColumnWidth={200}
        items={[
          {
            label: `${engineLabel(broker.engine)} ${broker.engineVersion ?? ""}`,
            value: <SupportText support={support} />,
          },
          { label: `Instance type ${broker.instanceType ?? ""}`, value: <SupportText support={instanceSupport} /> },
        ]}
      />
      <AppLink href={`/lifecycle?${new URLSearchParams({ engine: broker.engine })}`}>
        Timeline of all {engineLabel(broker.engine)} lines and instance types
      </AppLink>
      <div>
        <Box variant="h3">Upgrade path</Box>
        {upgradePath.length === 0 ? (
          <Box variant="p">
            {broker.support.status === "unknown"
              ? "Not known: the line is not in the support calendar."
              : "None: this is the newest line that Amazon MQ offers, as far as the calendar knows."}
          </Box>
        ) : (
          <ol>
            {upgradePath.map(({ line, inPlace, conditions }) => (
              <li key={line}>
                <strong>
                  {engineLabel(broker.engine)} {line}
                </strong>{" "}
                ({inPlace ? "in place" : "by a new broker"})
                {conditions.length > 0 && (
                  <ul>
                    {conditions.map((condition) => (
                      <li key={condition}>{condition}</li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ol>
        )}
      </div>
    </SpaceBetween>
  );
}

function SupportText({ support }: { support: Support }) {
  return (
    <div>
      <SupportStatus {...support} />
      <div>{support.sentence}</div>
      {support.source && (
        <Box variant="small" color="text-body-secondary">
          Source:{" "}
          {/^https?:\/\/\S+$/.test(support.source) ? (
            <ExternalLink href={support.source}>{support.source}</ExternalLink>
          ) : (
            support.source
          )}
          {support.verified ? "" : " (not verified)"}
        </Box>
      )}
    </div>
  );
}
