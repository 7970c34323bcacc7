import { SectionSkeleton } from "@/components/states/section-skeleton";

export default function Loading() {
  return <SectionSkeleton label="the sign-in page" height={320} />;
}
