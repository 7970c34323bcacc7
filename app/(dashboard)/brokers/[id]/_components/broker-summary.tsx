"use client";

import Container from "@cloudscape-design/components/container";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { BrokerState } from "@/components/broker/broker-state";
import {
  accountLabel,
  costBasisLabel,
  deploymentModeLabel,
  engineLabel,
  environmentSourceLabel,
  ownerSourceLabel,
  sentenceCase,
} from "@/components/broker/labels";
import { SupportStatus } from "@/components/broker/support-status";
import { SeverityBadge } from "@/components/finding/finding-marks";
import { AppLink } from "@/components/ui/app-link";
import { CodeWords } from "@/components/ui/code-words";
import { formatAmount } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import type { BrokerDetail } from "@/lib/contracts/brokers";

/** What one wants to know of a broker first. */
export function BrokerSummary({ detail: { broker, asOf } }: { detail: BrokerDetail }) {
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <KeyValuePairs
        columns={4}
        minColumnWidth={200}
        items={[
          { label: "State", value: <BrokerState state={broker.state} gone={broker.goneAt !== null} /> },
          {
            label: "Engine",
            value: `${engineLabel(broker.engine)} ${broker.engineVersion ?? "(version not observed)"}`,
          },
          { label: "Support", value: <SupportStatus {...broker.support} /> },
          {
            label: "Open findings",
            value: (
              <SpaceBetween direction="horizontal" size="xs">
                <span>{broker.openFindings}</span>
                {broker.worstSeverity && <SeverityBadge severity={broker.worstSeverity} />}
              </SpaceBetween>
            ),
          },
          { label: "Account", value: accountLabel(broker.accountId, broker.accountName) },
          { label: "Region", value: broker.region },
          { label: "Deployment", value: broker.deploymentMode ? deploymentModeLabel(broker.deploymentMode) : "–" },
          { label: "Instance and storage", value: `${broker.instanceType ?? "–"}, ${broker.storageType ?? "–"}` },
          {
            label: "Environment",
            value: `${sentenceCase(broker.environment)} (${environmentSourceLabel(broker.environmentSource)})${broker.countsAsProduction && broker.environment !== "production" ? ", counts as production" : ""}`,
          },
          {
            label: "Owner",
            value: broker.owner ? (
              <span className="mqs-break">
                <AppLink href={`/owners/${encodeURIComponent(broker.owner.key)}`}>{broker.owner.displayName}</AppLink> (
                {ownerSourceLabel(broker.owner.source)}
                {broker.owner.verified ? ", verified" : ", not verified"})
              </span>
            ) : (
              "None"
            ),
          },
          {
            label: "Run rate per month",
            value: broker.monthlyCost
              ? `${formatAmount(broker.monthlyCost.amount, broker.monthlyCost.currency)} (${costBasisLabel(broker.monthlyCost.basis).toLowerCase()})`
              : "Not known",
          },
          { label: "Observed", value: <Instant at={broker.observedAt} asOf={asOf} /> },
          { label: "Created", value: <Instant at={broker.createdAt} /> },
          { label: "First seen", value: <Instant at={broker.firstSeenAt} /> },
          broker.goneAt
            ? { label: "Gone since", value: <Instant at={broker.goneAt} /> }
            : { label: "Last seen", value: <Instant at={broker.lastSeenAt} /> },
          {
            label: "ARN",
            value: (
              <span className="mqs-break">
                <CodeWords text={broker.arn} />{" "}
                <CopyToClipboard
                  variant="icon"
                  textToCopy={broker.arn}
                  copyButtonAriaLabel="Copy ARN"
                  copySuccessText="ARN copied"
                  copyErrorText="Could not be copied"
                />
              </span>
            ),
          },
        ]}
      />
    </Container>
  );
}
