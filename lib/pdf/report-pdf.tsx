import { Document, Link, Page, renderToBuffer, Text, View } from "@react-pdf/renderer";
import { actorLabel } from "@/lib/domain/actor-label";
import { countOf, formatLongDay } from "@/lib/domain/format-figure";
import { addDays } from "@/lib/domain/plain-date";
import type { QuarterlyReport, Section } from "@/lib/domain/report-document";
import { printable, registerFonts } from "@/lib/pdf/fonts";
import { BlockView, isKeptTogether } from "@/lib/pdf/report-blocks";
import { COLOR, styles } from "@/lib/pdf/theme";

export interface PdfOptions {
  paper: "a4" | "letter";
  /** Whether the pages of owners are in it. */
  owners: boolean;
}

const STAGES: Readonly<Record<QuarterlyReport["stage"], string>> = {
  "to-date": "To date",
  preliminary: "Preliminary",
  final: "Final",
  correction: "Correction",
};

/** A frozen report as PDF. It rests on the document alone: the same document gives the same bytes. */
export async function renderReportPdf(report: QuarterlyReport, options: PdfOptions): Promise<Uint8Array> {
  registerFonts();
  return await renderToBuffer(<ReportDocument report={report} options={options} />);
}

function ReportDocument({ report, options }: { report: QuarterlyReport; options: PdfOptions }) {
  const title = titleOf(report);
  const computedAt = new Date(report.computedAt);
  const [summary, ...rest] = report.sections;
  const sections = rest.filter(({ group }) => options.owners || group !== "owner");
  const pages = pagesOf(sections);
  const page = { report, paper: options.paper };
  return (
    <Document
      title={title}
      author={printable(report.computedBy)}
      subject={`Governance and cost of Amazon MQ, ${report.quarter}`}
      keywords={`Amazon MQ, ${report.quarter}, ${printable(report.scope.label)}, ${STAGES[report.stage]}`}
      creator={`${report.product.name} ${report.product.version}`}
      producer="@react-pdf/renderer"
      language="en"
      creationDate={computedAt}
      modificationDate={computedAt}
      pageMode="useOutlines"
    >
      <Cover report={report} paper={options.paper} sections={[...(summary ? [summary] : []), ...sections]} />
      {summary && (
        <ReportPage {...page}>
          <View {...bookmark(summary.title)}>
            <Text id={summary.id} style={styles.h1}>
              {`Summary of ${report.quarter}`}
            </Text>
          </View>
          {summary.blocks.map((block, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a frozen report never move
            <BlockView key={index} block={block} />
          ))}
          {report.summary.map((sentence) => (
            <View key={sentence} style={styles.sentence}>
              <Text style={styles.bullet}>–</Text>
              <Text style={{ flex: 1 }}>{printable(sentence)}</Text>
            </View>
          ))}
        </ReportPage>
      )}
      {pages.map((group) => (
        <ReportPage key={group[0]?.id} {...page}>
          {group.map((section, index) => (
            <SectionView key={section.id} section={section} first={index === 0} />
          ))}
        </ReportPage>
      ))}
    </Document>
  );
}

/** Sections that begin a page of their own; the others follow the one before. */
const OWN_PAGE: ReadonlySet<string> = new Set(["kpis", "trends", "exposure", "risks", "breakdown", "definitions"]);

function pagesOf(sections: readonly Section[]): Section[][] {
  const pages: Section[][] = [];
  for (const section of sections) {
    const current = pages.at(-1);
    const alone = section.group === "owner" || OWN_PAGE.has(section.id) || current?.[0]?.group !== section.group;
    if (current && !alone) current.push(section);
    else pages.push([section]);
  }
  return pages;
}

/** Height of the paper less what the footer needs, in points. */
function footerTop(paper: PdfOptions["paper"]): number {
  return (paper === "a4" ? 841.89 : 792) - 38;
}

/** A word of a heading that is wider than a page (an owner's tag may be) goes on in the next line, and a heading ends after two. */
const LONGEST_WORD = 40;
const LONGEST_HEADING = 80;

function heading(title: string): string {
  return title.length <= LONGEST_HEADING ? title : `${title.slice(0, LONGEST_HEADING - 1)}…`;
}

function brokenAnywhere(word: string): string[] {
  if (word.length <= LONGEST_WORD) return [word];
  const parts: string[] = [];
  for (let at = 0; at < word.length; at += LONGEST_WORD) parts.push(word.slice(at, at + LONGEST_WORD));
  return parts;
}

/** An entry of the outline; the types name it for pages alone, the renderer takes it anywhere. */
function bookmark(title: string): { bookmark: string } {
  return { bookmark: title };
}

function SectionView({ section, first }: { section: Section; first: boolean }) {
  const [opening, ...others] = section.blocks;
  return (
    <View style={first ? {} : { marginTop: 18 }}>
      <View wrap={!opening || !isKeptTogether(opening)}>
        <View {...bookmark(section.title)} minPresenceAhead={90}>
          <Text id={section.id} style={styles.h1} hyphenationCallback={brokenAnywhere}>
            {printable(heading(section.title))}
          </Text>
        </View>
        {opening && <BlockView block={opening} />}
      </View>
      {others.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a frozen report never move
        <BlockView key={index} block={block} />
      ))}
    </View>
  );
}

function ReportPage({
  report,
  paper,
  children,
}: {
  report: QuarterlyReport;
  paper: PdfOptions["paper"];
  children: React.ReactNode;
}) {
  return (
    <Page size={paper === "a4" ? "A4" : "LETTER"} style={styles.page} experimentalPagination>
      <View style={styles.header} fixed>
        <Text>{printable(`${titleOf(report)} – ${report.scope.label}`)}</Text>
        <Text>{`${STAGES[report.stage]}, version ${report.number}`}</Text>
      </View>
      <View style={[styles.footer, { top: footerTop(paper) }]} fixed>
        <Text>{`${report.product.name} – figures as of ${instantText(report.asOf)}`}</Text>
        <Text
          style={styles.pageNumber}
          render={({ pageNumber, totalPages }) => `Page ${pageNumber} of ${totalPages}`}
        />
      </View>
      {children}
    </Page>
  );
}

function Cover({
  report,
  paper,
  sections,
}: {
  report: QuarterlyReport;
  paper: PdfOptions["paper"];
  sections: readonly Section[];
}) {
  const owners = sections.filter(({ group }) => group === "owner");
  const listed = sections.filter((section) => section.group !== "owner" || section === owners[0]);
  return (
    <Page size={paper === "a4" ? "A4" : "LETTER"} style={styles.page} bookmark="Cover">
      <View style={{ height: 6, width: 72, backgroundColor: COLOR.accent, marginTop: 70, marginBottom: 18 }} />
      <Text style={{ fontSize: 11, color: COLOR.muted }}>Amazon MQ governance and cost</Text>
      <Text style={{ fontSize: 30, fontWeight: 700, color: COLOR.accent, lineHeight: 1.2, marginVertical: 6 }}>
        {`Quarterly report ${report.quarter}`}
      </Text>
      <Text style={{ fontSize: 13 }}>{printable(report.scope.label)}</Text>
      <View style={{ marginTop: 26, borderTopWidth: 0.7, borderTopColor: COLOR.faint, paddingTop: 10 }}>
        <Fact label="Period">{`${formatLongDay(report.start)} to ${formatLongDay(addDays(report.endExclusive, -1))}`}</Fact>
        <Fact label="Version">{`${report.number} (${STAGES[report.stage].toLowerCase()})`}</Fact>
        <Fact label="Figures as of">{instantText(report.asOf)}</Fact>
        <Fact label="Computed">{`${instantText(report.computedAt)} by ${actorLabel(report.computedBy)}`}</Fact>
        {report.reason !== null && <Fact label="Why this version">{report.reason}</Fact>}
        {report.open.map((reason, index) => (
          <Fact key={reason} label={index === 0 ? "Not final because" : ""}>
            {reason}
          </Fact>
        ))}
      </View>
      <Text style={[styles.h2, { marginTop: 26 }]}>Contents</Text>
      {listed.map(({ id, title, group }) => (
        <Link
          key={id}
          src={`#${id}`}
          style={{ color: COLOR.text, textDecoration: "none", fontSize: 9, marginBottom: 2 }}
        >
          {group === "owner" ? `Pages of ${countOf(owners.length, "owner")}` : printable(title)}
        </Link>
      ))}
      <Text style={[styles.note, { marginTop: 24 }]}>
        Computed once from observations of AWS and frozen. What is not known is said to be so, with its reason. The last
        pages define every figure and name the inputs by their hashes.
      </Text>
    </Page>
  );
}

function Fact({ label, children }: { label: string; children: string }) {
  return (
    <View style={{ flexDirection: "row", marginBottom: 3 }}>
      <Text style={{ width: 110, color: COLOR.muted }}>{label}</Text>
      <Text style={{ flex: 1 }}>{printable(children)}</Text>
    </View>
  );
}

function titleOf({ quarter }: QuarterlyReport): string {
  return `Amazon MQ quarterly report ${quarter}`;
}

function instantText(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
