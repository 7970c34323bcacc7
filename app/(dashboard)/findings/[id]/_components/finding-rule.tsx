"use client";

import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { z } from "zod";
import { sentenceCase } from "@/components/broker/labels";
import { ExternalLink } from "@/components/ui/external-link";
import type { findingDetail } from "@/lib/contracts/findings";

type Rule = z.output<typeof findingDetail>["rule"];

const KINDS: Readonly<Record<string, string>> = {
  aws: "AWS",
  "security-hub": "AWS Security Hub",
  config: "AWS Config",
  "control-tower": "AWS Control Tower",
  "trusted-advisor": "AWS Trusted Advisor",
  conformity: "Trend Micro Conformity",
};

/** Why the rule exists, what to do, and who else says so. */
export function FindingRule({ rule }: { rule: Rule }) {
  // The product's own requirements are for those who maintain the rule; a reader cannot look them up.
  const references = rule.references.filter(({ kind }) => kind !== "seed");
  return (
    <Container
      header={
        <Header variant="h2" description={`${rule.id}, ${sentenceCase(rule.category).toLowerCase()}`}>
          {rule.title}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Section title="Why it matters">{rule.rationale}</Section>
        <Section title="What to do">{rule.remediation}</Section>
        {references.length > 0 && (
          <div>
            <Box variant="h3">References</Box>
            <ul style={{ margin: 0, paddingInlineStart: 20 }}>
              {references.map(({ kind, id, url }) => (
                <li key={`${kind} ${id}`} className="mqs-break">
                  {KINDS[kind] ?? sentenceCase(kind)}: {url ? <ExternalLink href={url}>{id}</ExternalLink> : id}
                </li>
              ))}
            </ul>
          </div>
        )}
      </SpaceBetween>
    </Container>
  );
}

function Section({ title, children }: { title: string; children: string }) {
  return (
    <div>
      <Box variant="h3">{title}</Box>
      <Box variant="p">{children}</Box>
    </div>
  );
}
