"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { KeyEditor } from "@/components/key/key-editor";
import { KeySecret } from "@/components/key/key-secret";
import { formatNumberOf } from "@/components/ui/figures";
import type { CutQuery } from "@/lib/contracts/common";
import type { KeyItem } from "@/lib/contracts/keys";
import type { LifecycleView } from "@/lib/contracts/lifecycle";
import { lifecycleCalendarPath } from "@/lib/queries/lifecycle";
import { cutSearch } from "@/lib/queries/list-search";

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
  const feedCut = chosen && chosen.value !== ALL ? { ...cut, owner: [chosen.value] } : cut;
  const [subscribing, setSubscribing] = useState(false);
  const [made, setMade] = useState<{ key: KeyItem; secret: string } | null>(null);
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
          <Button iconName="calendar" onClick={() => setSubscribing(true)}>
            Make an address to subscribe to
          </Button>
          <Button href={lifecycleCalendarPath(feedCut)} download="amazon-mq-life-cycle.ics">
            Download iCalendar file
          </Button>
        </SpaceBetween>
        <Box variant="small" color="text-body-secondary" display="block">
          An address shows this cut to whoever has it, without signing in, and nothing else. Your account lists the
          addresses you made, and ends them.
        </Box>
      </SpaceBetween>
      {subscribing && (
        <KeyEditor
          kind="calendar"
          query={cutSearch(feedCut)}
          suggestedName={`Calendar of ${chosen && chosen.value !== ALL ? chosen.label : "the life cycle"}`.slice(0, 60)}
          onClose={() => setSubscribing(false)}
          onMade={(one) => {
            setSubscribing(false);
            setMade(one);
          }}
        />
      )}
      {made && <KeySecret item={made.key} secret={made.secret} onClose={() => setMade(null)} />}
    </Container>
  );
}
