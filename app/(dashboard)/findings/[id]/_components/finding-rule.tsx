"use client";

import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { z } from "zod";
import { categoryLabel } from "@/components/broker/labels";
import { RuleReferences } from "@/components/finding/rule-references";
import type { findingDetail } from "@/lib/contracts/findings";

type Rule = z.output<typeof findingDetail>["rule"];

/** Why the rule exists, what to do, and who else says so. */
export function FindingRule({ rule }: { rule: Rule }) {
  return (
    <Container
      header={
        <Header variant="h2" description={`${rule.id}, ${categoryLabel(rule.category).toLowerCase()}`}>
          {rule.title}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Section title="Why it matters">{rule.rationale}</Section>
        <Section title="What to do">{rule.remediation}</Section>
        <div>
          <Box variant="h3">References</Box>
          <RuleReferences references={rule.references} />
        </div>
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
