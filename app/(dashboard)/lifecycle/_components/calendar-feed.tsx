"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { formatNumberOf } from "@/components/ui/figures";
import type { CutQuery } from "@/lib/contracts/common";
import type { LifecycleView } from "@/lib/contracts/lifecycle";
import { lifecycleCalendarPath } from "@/lib/queries/lifecycle";

const ALL = "(all)";

/** The days of the life cycle as an iCalendar file, for one owner or for all brokers of the page's cut. */
export function CalendarFeed({ data: { owners, brokers }, cut }: { data: LifecycleView; cut: CutQuery }) {
  const [owner, setOwner] = useState(ALL);
  const options = [
    { value: ALL, label: "All brokers shown", description: formatNumberOf(brokers, "broker") },
    ...owners.map(({ key, label, brokers: owned }) => ({
      value: key,
      label,
      description: formatNumberOf(owned, "broker"),
    })),
  ];
  const chosen = options.find(({ value }) => value === owner) ?? options[0];
  const path = lifecycleCalendarPath(chosen && chosen.value !== ALL ? { ...cut, owner: [chosen.value] } : cut);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Start of the notice and of the create-block, end of support, and the last day on which AWS may upgrade, as whole-day events"
        >
          Calendar feed
        </Header>
      }
    >
      <SpaceBetween size="s">
        <FormField label="Owner">
          <Select
            selectedOption={chosen ?? null}
            options={options}
            filteringType="auto"
            noMatch="No owner matches"
            onChange={({ detail }) => setOwner(detail.selectedOption.value ?? ALL)}
          />
        </FormField>
        <SpaceBetween direction="horizontal" size="xs">
          <Button href={path} download="amazon-mq-life-cycle.ics" iconName="calendar">
            Download iCalendar file
          </Button>
          <CopyToClipboard
            copyButtonText="Copy address"
            copySuccessText="Copied"
            copyErrorText="Could not be copied"
            textToCopy={typeof window === "undefined" ? path : `${window.location.origin}${path}`}
          />
        </SpaceBetween>
        <Box variant="small" color="text-body-secondary" display="block">
          The address needs a session of MQ Steward: a calendar program that cannot sign in cannot subscribe to it.
          Import the file instead; an event keeps its id, so a later file replaces it.
        </Box>
      </SpaceBetween>
    </Container>
  );
}
