"use client";

import Alert from "@cloudscape-design/components/alert";
import DatePicker from "@cloudscape-design/components/date-picker";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Table from "@cloudscape-design/components/table";
import { CampaignPrices } from "@/components/campaign/campaign-marks";
import { AppLink } from "@/components/ui/app-link";
import { formatNumberOf } from "@/components/ui/figures";
import { Status } from "@/components/ui/status";
import { formatDay } from "@/components/ui/times";
import type { CampaignPreview } from "@/lib/contracts/campaigns";
import type { CampaignStageId } from "@/lib/domain/campaign";

/** What would come of a campaign: its stages, whose first days can be chosen, its prices, and the findings that no plan takes on. */
export function CampaignPreviewView({
  preview,
  loading,
  starts,
  onStart,
}: {
  preview: CampaignPreview;
  loading: boolean;
  starts: Readonly<Partial<Record<CampaignStageId, string>>>;
  onStart(id: CampaignStageId, day: string): void;
}) {
  const { stages, deadline, plannedEnd, refused } = preview;
  const left = refused.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      {plannedEnd !== null && plannedEnd > deadline && (
        <Alert type="warning">
          As planned it ends on {formatDay(plannedEnd)}, after the deadline of {formatDay(deadline)}.
        </Alert>
      )}
      <Table
        variant="embedded"
        items={stages}
        trackBy="id"
        wrapLines
        loading={loading}
        loadingText="Making the plans"
        ariaLabels={{ tableLabel: "Stages of the campaign" }}
        empty="No plan would come of it."
        header={`${formatNumberOf(preview.findings, "finding")} of ${preview.matched} in ${formatNumberOf(
          stages.reduce((sum, { newPlans, takenPlans }) => sum + newPlans + takenPlans, 0),
          "plan",
        )}`}
        columnDefinitions={[
          { id: "title", header: "Stage", isRowHeader: true, minWidth: 150, cell: ({ title }) => title },
          {
            id: "plans",
            header: "Plans",
            minWidth: 120,
            cell: ({ newPlans, takenPlans }) =>
              takenPlans > 0 ? `${newPlans} new, ${takenPlans} taken in` : `${newPlans} new`,
          },
          {
            id: "start",
            header: "Begins",
            minWidth: 170,
            cell: ({ id, title, startOn }) => (
              <DatePicker
                value={starts[id] ?? ""}
                placeholder={startOn}
                ariaLabel={`First day of ${title}`}
                onChange={({ detail }) => onStart(id, detail.value)}
              />
            ),
          },
          {
            id: "end",
            header: "Planned end",
            minWidth: 130,
            cell: ({ endsOn, overlaps }) => (
              <div>
                {endsOn ? formatDay(endsOn) : "No date"}
                {overlaps && <Status type="warning">Begins before the stage ahead ends</Status>}
              </div>
            ),
          },
        ]}
      />
      {stages.length > 0 && (
        <FormField
          label="List price of the instances per month"
          description="An estimate without storage and data transfer"
        >
          <CampaignPrices cost={preview.cost} />
        </FormField>
      )}
      {left > 0 && (
        <ExpandableSection
          headerText={`${formatNumberOf(left, "finding")} cannot be planned`}
          defaultExpanded={stages.length === 0}
        >
          <ul>
            {refused.map(({ reason, count, examples }) => (
              <li key={reason}>
                {count}: {reason}{" "}
                {examples.slice(0, 3).map(({ id, summary }, index) => (
                  <span key={id} className="mqs-break">
                    {index > 0 && "; "}
                    <AppLink href={`/findings/${id}`}>{summary}</AppLink>
                  </span>
                ))}
                {count > 3 && ` and ${count - 3} more`}
              </li>
            ))}
          </ul>
        </ExpandableSection>
      )}
    </>
  );
}
