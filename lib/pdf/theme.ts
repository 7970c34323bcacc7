import { StyleSheet } from "@react-pdf/renderer";
import { FONT } from "@/lib/pdf/fonts";

/** Colours: dark text on white, one accent, and series that are told apart in grey print, too. */
export const COLOR = {
  text: "#16202c",
  muted: "#5a6878",
  faint: "#d5dbe2",
  wash: "#f3f6f9",
  accent: "#0b4f6c",
  good: "#1d7044",
  bad: "#b3261e",
  series: ["#0b4f6c", "#d2691e", "#5b8c5a", "#7b4b94"],
} as const;

/** Sizes in points. */
export const styles = StyleSheet.create({
  page: {
    fontFamily: FONT,
    fontSize: 9,
    lineHeight: 1.35,
    color: COLOR.text,
    paddingTop: 58,
    paddingBottom: 52,
    paddingHorizontal: 44,
  },
  header: {
    position: "absolute",
    top: 24,
    left: 44,
    right: 44,
    flexDirection: "row",
    justifyContent: "space-between",
    fontSize: 7.5,
    color: COLOR.muted,
    borderBottomWidth: 0.5,
    borderBottomColor: COLOR.faint,
    paddingBottom: 5,
  },
  footer: {
    position: "absolute",
    left: 44,
    right: 44,
    flexDirection: "row",
    justifyContent: "space-between",
    fontSize: 7.5,
    color: COLOR.muted,
  },
  /** What is rendered once the number of pages is known inherits nothing. */
  pageNumber: { fontFamily: FONT, fontSize: 7.5, color: COLOR.muted },
  h1: { fontSize: 17, fontWeight: 700, color: COLOR.accent, marginBottom: 8, lineHeight: 1.2 },
  h2: { fontSize: 10.5, fontWeight: 600, marginTop: 10, marginBottom: 4, lineHeight: 1.25 },
  text: { marginBottom: 6 },
  note: { fontSize: 7.5, color: COLOR.muted, marginTop: 3 },
  empty: { fontSize: 8.5, color: COLOR.muted, paddingVertical: 4 },
  tableHead: {
    flexDirection: "row",
    borderBottomWidth: 1,
    borderBottomColor: COLOR.accent,
    paddingBottom: 2,
    fontSize: 7.5,
    fontWeight: 600,
    color: COLOR.accent,
  },
  row: {
    flexDirection: "row",
    borderBottomWidth: 0.5,
    borderBottomColor: COLOR.faint,
    paddingVertical: 2.2,
    fontSize: 7.8,
    lineHeight: 1.25,
  },
  tiles: { flexDirection: "row", flexWrap: "wrap", marginHorizontal: -4, marginBottom: 4 },
  tile: { width: "33.33%", padding: 4 },
  tileBox: {
    backgroundColor: COLOR.wash,
    borderLeftWidth: 2.5,
    borderLeftColor: COLOR.accent,
    paddingVertical: 5,
    paddingHorizontal: 8,
    minHeight: 48,
  },
  tileLabel: { fontSize: 7.5, color: COLOR.muted, lineHeight: 1.4 },
  tileValue: { fontSize: 13, fontWeight: 700, color: COLOR.text, lineHeight: 1.3 },
  tileUnknown: { fontSize: 13, fontWeight: 700, color: COLOR.muted, lineHeight: 1.3 },
  sentence: { flexDirection: "row", marginBottom: 4.5 },
  bullet: { width: 10, color: COLOR.accent, fontWeight: 700 },
});
