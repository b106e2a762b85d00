import type { AccountAssets, AssetReport } from "plaid";
import type { Plain } from "../plain.ts";

type Document = PDFKit.PDFDocument;
/** A column: its heading, how wide it is (points) and on which side its text stands. */
type Column = readonly [heading: string, width: number, align: "left" | "right"];

const ACCOUNTS: readonly Column[] = [
  ["Account", 190, "left"],
  ["Number", 60, "left"],
  ["Kind", 130, "left"],
  ["Balance", 115, "right"],
];
const TRANSACTIONS: readonly Column[] = [
  ["Date", 70, "left"],
  ["Description", 310, "left"],
  ["Amount", 115, "right"],
];
const MARGIN = 50;
const LINE = 14;

/** A ready report on paper: title, accounts, transactions. The same bytes for the same report. */
export async function reportPdf(report: Plain<AssetReport>): Promise<Buffer> {
  // its fonts take long to load, and few ask for a PDF
  const { default: PDFDocument } = await import("pdfkit");
  const title = `Asset Report ${report.asset_report_id}`;
  const document = new PDFDocument({
    size: "A4",
    margin: MARGIN,
    info: { Title: title, Producer: "Sandbox", Creator: "Sandbox", CreationDate: new Date(report.date_generated) },
  });
  const chunks: Buffer[] = [];
  document.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => document.once("end", resolve).once("error", reject));

  const { first_name, last_name } = report.user;
  const person = [first_name, last_name].filter(Boolean).join(" ");
  heading(document, title, 16);
  heading(document, `${report.date_generated}, ${report.days_requested} days${person && `, ${person}`}`, 10);
  for (const { institution_name, accounts } of report.items) {
    heading(document, institution_name, 13);
    row(document, ACCOUNTS, headingsOf(ACCOUNTS));
    for (const account of accounts) row(document, ACCOUNTS, accountCells(account));
    for (const { name, transactions } of accounts) {
      if (transactions.length === 0) continue;
      heading(document, name, 11);
      row(document, TRANSACTIONS, headingsOf(TRANSACTIONS));
      for (const { date, original_description, amount } of transactions)
        row(document, TRANSACTIONS, [date, original_description ?? "", amount.toFixed(2)]);
    }
  }
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

function accountCells({ name, mask, type, subtype, balances }: Plain<AccountAssets>): string[] {
  const kind = subtype ? `${type}, ${subtype}` : type;
  return [name, mask ?? "", kind, `${balances.current ?? ""} ${balances.iso_currency_code ?? ""}`.trim()];
}

function headingsOf(columns: readonly Column[]): string[] {
  return columns.map(([name]) => name);
}

function heading(document: Document, text: string, size: number): void {
  makeRoom(document, 3 * LINE);
  document
    .font("Helvetica-Bold")
    .fontSize(size)
    .text(text, MARGIN, document.y + LINE / 2);
  document.font("Helvetica").fontSize(9);
}

function row(document: Document, columns: readonly Column[], cells: readonly string[]): void {
  makeRoom(document, LINE);
  const top = document.y;
  let left = MARGIN;
  for (const [index, [, width, align]] of columns.entries()) {
    document.text(cells[index] ?? "", left, top, { width, height: LINE, align, ellipsis: true, lineBreak: false });
    left += width;
  }
  document.x = MARGIN;
  document.y = top + LINE;
}

/** Goes to the next page unless so many points are left on this one. */
function makeRoom(document: Document, height: number): void {
  if (document.y + height > document.page.height - MARGIN) document.addPage();
}
