"use client";

import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { FleetList } from "@/components/list/fleet-list";
import { useListUrl } from "@/components/list/use-list-url";
import { useHelp } from "@/components/shell/help";
import { AllClear } from "@/components/states/empty-states";
import type { RecommendationItem } from "@/lib/contracts/recommendations";
import { brokerFacetsQuery } from "@/lib/queries/brokers";
import { recommendationsCsvPath, recommendationsJsonPath, recommendationsQuery } from "@/lib/queries/recommendations";
import { RecommendationBasis } from "./recommendation-basis";
import { RECOMMENDATION_COLUMN_OPTIONS, recommendationColumns } from "./recommendation-columns";
import { RECOMMENDATION_FILTER_PROPERTIES, recommendationFilterValues } from "./recommendation-filter-properties";
import { RecommendationTotals } from "./recommendation-totals";

const RecommendationDialog = dynamic(
  () => import("@/components/recommendation/recommendation-dialog").then((module) => module.RecommendationDialog),
  { ssr: false },
);

/** All open cost recommendations, or those that a filter asks for, with the sums of exactly these. */
export function RecommendationsView() {
  const url = useListUrl();
  const reading = useQuery(recommendationsQuery(url.query));
  const { data: facets } = useQuery(brokerFacetsQuery());
  const [shown, setShown] = useState<RecommendationItem | null>(null);
  const columns = useMemo(() => recommendationColumns(setShown), []);
  const help = useHelp();
  const { data } = reading;
  return (
    <>
      <FleetList
        title="Recommendations"
        what="recommendation"
        plural="recommendations"
        url={url}
        reading={reading}
        trackBy={({ id }) => String(id)}
        columns={columns}
        options={RECOMMENDATION_COLUMN_OPTIONS}
        order={{ field: "monthly", descending: true }}
        note="Amazon MQ service charges per month. Dismissed and ended ones are shown when a filter asks for them."
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              disabled={!data}
              onClick={() =>
                data &&
                help.show({ title: "How recommendations are judged", body: <RecommendationBasis basis={data.basis} /> })
              }
            >
              How it is judged
            </Button>
            <ButtonDropdown
              items={[
                { id: "csv", text: "CSV", href: recommendationsCsvPath(url.query), download: true },
                {
                  id: "json",
                  text: "JSON",
                  href: recommendationsJsonPath(url.query),
                  download: "recommendations.json",
                },
              ]}
            >
              Export
            </ButtonDropdown>
          </SpaceBetween>
        }
        filter={{
          properties: RECOMMENDATION_FILTER_PROPERTIES,
          values: recommendationFilterValues(facets),
          controls: data && <RecommendationTotals totals={data.totals} />,
        }}
        allClear={
          <AllClear title="Nothing to save was found">
            Every broker that could be judged is used, fits its size, and pays for no more than its environment needs.
          </AllClear>
        }
      />
      {shown && <RecommendationDialog item={shown} onClose={() => setShown(null)} />}
    </>
  );
}
