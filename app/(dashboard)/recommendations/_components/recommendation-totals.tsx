"use client";

import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { KIND_LABELS } from "@/components/recommendation/recommendation-words";
import { formatAmount, formatCount, formatNumberOf } from "@/components/ui/figures";
import type { RecommendationTotals as Totals } from "@/lib/contracts/recommendations";

/** Sums of exactly what is filtered: savings once per broker, premiums apart, and what has no price or could not be judged. */
export function RecommendationTotals({ totals }: { totals: Totals }) {
  const { savings, premiums, withoutPrice, byKind, notJudged } = totals;
  return (
    <KeyValuePairs
      columns={4}
      minColumnWidth={170}
      items={[
        { label: "Monthly saving found", value: <Sums sums={savings} note="one item per broker" /> },
        { label: "Premium of compliance", value: <Sums sums={premiums} note="not a saving, not added" /> },
        {
          label: "In no sum",
          value:
            withoutPrice === 0 && notJudged.length === 0 ? (
              "Nothing"
            ) : (
              <Lines
                lines={[
                  `Without a known price: ${formatCount(withoutPrice)}`,
                  ...notJudged.map(({ kind, brokers }) => `Not judged, ${KIND_LABELS[kind]}: ${formatCount(brokers)}`),
                ]}
              />
            ),
        },
        {
          label: "Recommendations by kind",
          value:
            byKind.length === 0 ? (
              "None"
            ) : (
              <Lines
                lines={byKind.map(
                  ({ kind, recommendations }) => `${KIND_LABELS[kind]}: ${formatCount(recommendations)}`,
                )}
              />
            ),
        },
      ]}
    />
  );
}

function Sums({ sums, note }: { sums: Totals["savings"]; note: string }) {
  if (sums.length === 0) return "None";
  return (
    <>
      {sums.map(({ currency, amount, brokers }) => (
        <div key={currency}>
          <Box variant="span" fontWeight="bold">
            {formatAmount(amount, currency)}
          </Box>{" "}
          <Box variant="small">of {formatNumberOf(brokers, "broker")}</Box>
        </div>
      ))}
      <Box variant="small">{note}</Box>
    </>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return lines.map((line) => (
    <Box key={line} variant="small" display="block">
      {line}
    </Box>
  ));
}
