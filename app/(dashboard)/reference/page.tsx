import { HydrationBoundary } from "@tanstack/react-query";
import { referenceKeys } from "@/lib/queries/reference.keys";
import { readReferenceCalendar } from "@/lib/services/read/read-reference-calendar";
import { prefetch, reading } from "../_server/prefetch";
import { ReferencePageView } from "./_components/reference-page-view";

export const metadata = { title: "Reference" };

export default async function ReferencePage() {
  const state = await prefetch([
    reading("referenceCalendar", referenceKeys.calendar(), (ctx) => readReferenceCalendar({ ctx })),
  ]);
  return (
    <HydrationBoundary state={state}>
      <ReferencePageView />
    </HydrationBoundary>
  );
}
