"use client";

import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { costBasesLabel } from "@/components/broker/labels";
import { formatAmount } from "@/components/ui/figures";
import { formatDay, formatInstant } from "@/components/ui/times";
import type { RecommendationItem } from "@/lib/contracts/recommendations";
import { Confidence, RecommendationState } from "./recommendation-marks";
import { changeText, monthlyText, pricedText } from "./recommendation-words";

const FIGURE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** All that a recommendation rests on: evidence, price, confidence, and what has to be done. */
export function RecommendationEvidence({ item }: { item: RecommendationItem }) {
  const { detail, realised } = item;
  const { window, price, confidence } = detail;
  const premium = item.nature === "premium";
  return (
    <SpaceBetween size="l">
      <Box>{detail.summary}</Box>
      <KeyValuePairs
        columns={3}
        minColumnWidth={180}
        items={[
          { label: premium ? "Premium" : "Saving", value: monthlyText(item.monthly) },
          { label: "Change", value: changeText(detail.change) },
          { label: "State", value: <RecommendationState item={item} /> },
          {
            label: "Confidence",
            value: (
              <>
                <Confidence level={confidence.level} />
                <Box variant="small">{confidence.reasons.join("; ")}.</Box>
              </>
            ),
          },
          {
            label: "Evidence window (UTC)",
            value: window
              ? `${formatDay(window.from)} up to and without ${formatDay(window.until)}; ${window.daysWithData} of ${window.days} days have data`
              : "None: what AWS describes decides",
          },
          { label: "Recommended since", value: formatInstant(item.openedAt) },
          { label: price.basis === "billed" ? "List price beside it" : "Now", value: pricedText(price.before) },
          { label: "Afterwards", value: price.after === null ? "Nothing" : pricedText(price.after) },
          {
            label: "Billed now",
            value: price.billed
              ? `${formatAmount(price.billed.amount, price.billed.currency)} per month (${costBasesLabel(price.billed.basis)})`
              : "No cost is placed on it",
          },
          ...(item.endReason ? [{ label: "Why it ended", value: `${item.endReason} (${item.endedBy ?? ""})` }] : []),
          ...(realised
            ? [
                {
                  label: "Realised saving",
                  value: `${realised.monthly ? `${formatAmount(realised.monthly.amount, realised.monthly.currency)} per month. ` : ""}${realised.explanation}`,
                },
              ]
            : []),
        ]}
      />
      <Box variant="small" color="text-body-secondary">
        {price.explanation}
      </Box>
      {detail.metrics.length > 0 && (
        <Table
          variant="embedded"
          items={detail.metrics}
          trackBy={({ name, statistic }) => `${name} ${statistic}`}
          ariaLabels={{ tableLabel: "Measured values" }}
          wrapLines
          columnDefinitions={[
            { id: "name", header: "Measured", isRowHeader: true, cell: ({ name }) => name },
            { id: "statistic", header: "Value of the window", cell: ({ statistic }) => statistic },
            { id: "value", header: "Value", cell: ({ value, unit }) => `${FIGURE.format(value)} ${unit}` },
            {
              id: "limit",
              header: "May be at most",
              cell: ({ limit, unit }) => (limit === null ? "Shown beside it" : `${FIGURE.format(limit)} ${unit}`),
            },
          ]}
        />
      )}
      <div>
        <Box variant="h3">What has to be done</Box>
        <ol>
          {detail.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </div>
    </SpaceBetween>
  );
}
