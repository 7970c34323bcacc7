import { sentenceCase } from "@/components/broker/labels";
import { ExternalLink } from "@/components/ui/external-link";

interface Reference {
  kind: string;
  id: string;
  url?: string | null;
}

const KINDS: Readonly<Record<string, string>> = {
  aws: "AWS",
  "security-hub": "AWS Security Hub",
  config: "AWS Config",
  "control-tower": "AWS Control Tower",
  "trusted-advisor": "AWS Trusted Advisor",
  conformity: "Trend Micro Conformity",
};

/** Who else asks for what a rule asks for, and under which id. */
export function RuleReferences({ references }: { references: readonly Reference[] }) {
  // The product's own requirements are for those who maintain the rule; a reader cannot look them up.
  const shown = references.filter(({ kind }) => kind !== "seed");
  if (shown.length === 0) return <>None</>;
  return (
    <ul style={{ margin: 0, paddingInlineStart: 20 }}>
      {shown.map(({ kind, id, url }) => (
        <li key={`${kind} ${id}`} className="mqs-break">
          {kind === "other" ? "" : `${KINDS[kind] ?? sentenceCase(kind)}: `}
          {url ? <ExternalLink href={url}>{id}</ExternalLink> : id}
        </li>
      ))}
    </ul>
  );
}
