"use client";

import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { ReactNode } from "react";
import { accountLabel } from "@/components/broker/labels";
import { AppLink } from "@/components/ui/app-link";
import { formatAmount, formatCount, formatNumberOf } from "@/components/ui/figures";
import { formatDay } from "@/components/ui/times";
import type { OwnerScorecard } from "@/lib/contracts/owners";
import { isRole, ROLE_NAMES } from "@/lib/contracts/permissions";

/** The address part that limits a list to an owner. */
export const cutOf = ({ key }: { key: string }) => `owner=${encodeURIComponent(key)}`;

/** What an owner answers for in figures, how it is reached, its other names and its people. */
export function OwnerSummary({ data: { owner, people, accounts } }: { data: OwnerScorecard }) {
  const { findings } = owner;
  const cut = cutOf(owner);
  return (
    <Container header={<Header variant="h2">Now</Header>}>
      <KeyValuePairs
        columns={4}
        minColumnWidth={190}
        items={[
          {
            label: "Brokers",
            value: (
              <div>
                <AppLink href={`/brokers?${cut}`}>{formatNumberOf(owner.brokers, "broker")}</AppLink>
                <Small>{formatCount(owner.productionBrokers)} count as production</Small>
              </div>
            ),
          },
          {
            label: "Findings not closed",
            value: <AppLink href={`/findings?${cut}`}>{formatNumberOf(findings.total, "finding")}</AppLink>,
          },
          {
            label: "Overdue",
            value: (
              <AppLink href={`/findings?${cut}&filter=${encodeURIComponent("overdue=true")}`}>
                {formatNumberOf(findings.overdue, "finding")}
              </AppLink>
            ),
          },
          { label: "Acceptances ending within 30 days", value: formatCount(owner.expiringAcceptances) },
          {
            label: "Run rate of its brokers today, per month",
            value: (
              <div>
                {owner.monthlyCost.length === 0 && "Not known"}
                {owner.monthlyCost.map(({ amount, currency }) => (
                  <div key={currency}>{formatAmount(amount, currency)}</div>
                ))}
                {owner.brokersWithoutCost > 0 && (
                  <Small>without {formatNumberOf(owner.brokersWithoutCost, "broker")} whose cost is not known</Small>
                )}
              </div>
            ),
          },
          { label: "E-mail address", value: owner.email ?? "None" },
          { label: "Chat handle", value: owner.chatHandle ?? "None" },
          {
            label: "Aliases",
            value: list(
              owner.aliases.map(({ name, merged }) => (merged ? `${name} (merged)` : name)),
              "None",
            ),
          },
          {
            label: "People",
            value:
              people === null
                ? "Shown to administrators alone"
                : list(
                    people.map(
                      ({ name, role, disabled }) =>
                        `${name} (${isRole(role) ? ROLE_NAMES[role] : role}${disabled ? ", disabled" : ""})`,
                    ),
                    "Nobody who may sign in",
                  ),
          },
          {
            label: "Default owner of accounts",
            value: list(
              accounts.map(({ accountId, name }) => accountLabel(accountId, name)),
              "None",
            ),
          },
          { label: "Known since", value: formatDay(owner.createdAt) },
        ]}
      />
    </Container>
  );
}

function list(texts: readonly string[], none: string): ReactNode {
  return texts.length === 0
    ? none
    : texts.map((text) => (
        <div key={text} className="mqs-break">
          {text}
        </div>
      ));
}

function Small({ children }: { children: ReactNode }) {
  return (
    <Box variant="small" display="block" color="text-body-secondary">
      {children}
    </Box>
  );
}
