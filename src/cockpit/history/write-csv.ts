import { csvLine } from "../../domain/escape/csv-cell.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import { type Happening, kindOf } from "../../domain/history/happening.ts";
import { happened } from "../../domain/wording/cockpit/happenings.ts";
import { CSV_COLUMNS, reasonGiven } from "../../domain/wording/cockpit/history.ts";
import type { HistoryPage } from "./read-history.ts";
import type { HistoryPlace } from "../../store/history.ts";

/** By which spreadsheets know that it is UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";
const NAME_LIMIT = 255;

/** Every page of a history as lines, each page read when the one before was taken. */
export async function* writeCsv(
  readPage: (before: HistoryPlace | null) => Promise<HistoryPage>,
  hour: number,
): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${csvLine(CSV_COLUMNS)}`;
  let before: HistoryPlace | null = null;
  do {
    const page: HistoryPage = await readPage(before);
    yield page.happenings.map((one) => csvLine(cellsOf(one, hour))).join("");
    before = page.next;
  } while (before !== null);
}

function cellsOf(given: Happening, hour: number): readonly string[] {
  const { at, by, environment, because, lasted, links, told } = given;
  return [
    at.toISOString(),
    kindOf(told),
    told.what,
    visibleText(by ?? "", NAME_LIMIT),
    visibleText(environment ?? "", NAME_LIMIT),
    links.commit ?? "",
    lasted === null ? "" : String(Math.round((lasted / hour) * 3_600)),
    because === null ? "" : reasonGiven(because),
    happened(given, hour),
  ];
}
