"use client";

import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { KIND_LABELS } from "@/components/recommendation/recommendation-words";
import { formatAmount, formatCount, formatNumberOf } from "@/components/ui/figures";
import type { RecommendationTotals as Totals } from "@/lib/contracts/recommendations";
import { parseDecimal } from "@/lib/domain/money";

/** Sums of exactly what is filtered: savings once per broker, premiums apart, and what has no price or could not be judged. */
export function RecommendationTotals({ totals }: { totals: Totals }) {
  const { judged, savings, premiums, withoutPrice, byKind, notJudged } = totals;
  if (judged === 0)
    return (
      <Box color="text-body-secondary">
        No broker was judged here yet: there is no sum to show. Every sync judges the brokers that it reads.
      </Box>
    );
  return (
    <KeyValuePairs
      columns={4}
      minColumnWidth={170}
      items={[
        { label: "Monthly saving found", value: <Sums sums={savings} note="one item per broker" /> },
        { label: "Premium of compliance", value: <Sums sums={premiums} note="not a saving, not added" /> },
        {
          label: "Not in the sums",
          value:
            withoutPrice === 0 && notJudged.length === 0 ? (
              "Nothing"
            ) : (
              <Lines
                lines={[
                  `No known price: ${formatNumberOf(withoutPrice, "recommendation")}`,
                  ...notJudged.map(
                    ({ kind, brokers }) => `${KIND_LABELS[kind]}, not judged: ${formatNumberOf(brokers, "broker")}`,
                  ),
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
      {sums.map((sum) => (
        <div key={sum.currency}>
          <Box variant="span" fontWeight="bold">
            {formatAmount(sum.amount, sum.currency)}
          </Box>{" "}
          <Box variant="small">of {formatNumberOf(sum.brokers, "broker")}</Box>
          <Box variant="small" display="block">
            {basisOf(sum)}
          </Box>
        </div>
      ))}
      <Box variant="small">{note}</Box>
    </>
  );
}

/** What a sum rests on: "USD 420.00 as billed, USD 210.24 by list prices of 2026-11-01". */
function basisOf({
  amount,
  billed,
  currency,
  priceListFrom: from,
  priceListTo: to,
}: Totals["savings"][number]): string {
  const listed = parseDecimal(amount).minus(parseDecimal(billed));
  const days = from === null ? "" : from === to ? ` of ${from}` : ` of ${from} to ${to}`;
  if (listed.isZero()) return "all as AWS bills it";
  if (parseDecimal(billed).isZero()) return `all by list prices${days} × 730 hours`;
  return `${formatAmount(billed, currency)} as billed, ${formatAmount(listed.toFixed(), currency)} by list prices${days} × 730 hours`;
}

function Lines({ lines }: { lines: readonly string[] }) {
  return lines.map((line) => (
    <Box key={line} variant="small" display="block">
      {line}
    </Box>
  ));
}
