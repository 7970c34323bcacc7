import { Text, View } from "@react-pdf/renderer";
import { formatCell, formatFigure } from "@/lib/domain/format-figure";
import {
  type Block,
  type Cell,
  type Column,
  type FiguresBlock,
  isFigure,
  type SignOffBlock,
  type TableBlock,
} from "@/lib/domain/report-document";
import { printable } from "@/lib/pdf/fonts";
import { BarChart, LineChart, Timeline } from "@/lib/pdf/report-charts";
import { COLOR, styles } from "@/lib/pdf/theme";

/** One part of a section. */
export function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case "text":
      return <Text style={styles.text}>{printable(block.text)}</Text>;
    case "figures":
      return <Tiles block={block} />;
    case "table":
      return <TableView block={block} />;
    case "lines":
      return <LineChart block={block} />;
    case "bars":
      return <BarChart block={block} />;
    case "timeline":
      return <Timeline block={block} />;
    case "sign-off":
      return <SignOff block={block} />;
  }
}

function Tiles({ block }: { block: FiguresBlock }) {
  return (
    <View style={styles.tiles}>
      {block.items.map(({ id, label, figure, previous, target }) => (
        <View key={id} style={styles.tile} wrap={false}>
          <View style={styles.tileBox}>
            <Text style={styles.tileLabel}>{printable(label)}</Text>
            <Text style={figure.value === null ? styles.tileUnknown : styles.tileValue}>
              {printable(formatFigure(figure))}
            </Text>
            <TileNote text={tileNote(figure.unknown, previous, target)} />
          </View>
        </View>
      ))}
    </View>
  );
}

function TileNote({ text }: { text: string }) {
  return text === "" ? null : <Text style={styles.tileLabel}>{printable(text)}</Text>;
}

type Item = FiguresBlock["items"][number];

function tileNote(unknown: string | null, previous: Item["previous"], target: Item["target"]): string {
  if (unknown !== null) return unknown;
  return [
    ...(previous ? [`Quarter before: ${formatFigure(previous)}`] : []),
    ...(target ? [`Target: ${formatFigure(target)}`] : []),
  ].join(" · ");
}

/** Tables of no more rows stand on one page: a row or two alone on the next page read as a mistake. */
const KEPT_TOGETHER = 14;

/** Whether a block moves to the next page as a whole where it does not fit. */
export function isKeptTogether(block: Block): boolean {
  return block.kind === "table" && block.rows.length <= KEPT_TOGETHER;
}

function TableView({ block }: { block: TableBlock }) {
  return (
    <View wrap={!isKeptTogether(block)}>
      <Text style={styles.h2} minPresenceAhead={60}>
        {printable(block.title)}
      </Text>
      {block.rows.length === 0 ? (
        <Text style={styles.empty}>{printable(block.empty)}</Text>
      ) : (
        <TableHead columns={block.columns} />
      )}
      {block.rows.map((cells, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a frozen table never move
        <TableRow key={index} columns={block.columns} cells={cells} />
      ))}
      {block.total > block.rows.length && (
        <Text style={styles.note}>
          {`The first ${block.rows.length} of ${block.total.toLocaleString("en-US")}; the complete list stands in the spreadsheet of this report.`}
        </Text>
      )}
      {block.note !== null && <Text style={styles.note}>{printable(block.note)}</Text>}
    </View>
  );
}

function TableHead({ columns }: { columns: readonly Column[] }) {
  return (
    <View style={styles.tableHead} fixed>
      {columns.map((column, index) => (
        <Text key={column.key} style={cellStyle(column, index)}>
          {printable(column.label)}
        </Text>
      ))}
    </View>
  );
}

function TableRow({ columns, cells }: { columns: readonly Column[]; cells: readonly Cell[] }) {
  return (
    <View style={styles.row} wrap={false}>
      {columns.map((column, index) => {
        const cell = cells[index] ?? null;
        return (
          <Text key={column.key} style={cellStyle(column, index, isFigure(cell) && cell.value === null)}>
            {printable(formatCell(cell))}
          </Text>
        );
      })}
    </View>
  );
}

function makeCellStyle({ width, kind }: Column, index: number, muted: boolean) {
  return {
    flexGrow: width,
    flexShrink: 1,
    flexBasis: 0,
    paddingRight: kind === "figure" ? 2 : 6,
    paddingLeft: index === 0 ? 0 : kind === "figure" ? 4 : 8,
    textAlign: kind === "figure" ? ("right" as const) : ("left" as const),
    ...(muted ? { color: COLOR.muted } : {}),
  };
}

const cellStyles = new Map<string, ReturnType<typeof makeCellStyle>>();

/** One object per look: a report has tens of thousands of cells. */
function cellStyle(column: Column, index: number, muted = false) {
  const key = `${column.kind} ${column.width} ${index === 0} ${muted}`;
  const style = cellStyles.get(key) ?? makeCellStyle(column, index, muted);
  cellStyles.set(key, style);
  return style;
}

function SignOff({ block }: { block: SignOffBlock }) {
  return (
    <View wrap={false}>
      <Text style={styles.text}>{printable(block.text)}</Text>
      {block.roles.map((role) => (
        <View key={role} style={{ flexDirection: "row", marginTop: 34 }}>
          {[role, "Name", "Date", "Signature"].map((label, index) => (
            <View
              key={label}
              style={{
                flexGrow: index === 3 ? 2 : 1,
                flexBasis: 0,
                marginRight: index === 3 ? 0 : 12,
                borderTopWidth: index === 0 ? 0 : 0.7,
                borderTopColor: COLOR.text,
              }}
            >
              <Text style={index === 0 ? { fontWeight: 600 } : styles.note}>{printable(label)}</Text>
            </View>
          ))}
        </View>
      ))}
    </View>
  );
}
