/** What a check hands back: lines for its reader, and every reason to fail the run. */
export interface CheckResult {
  readonly summary: string;
  readonly rows: readonly (readonly string[])[];
  readonly failures: readonly string[];
}

/** Runs a check, prints its time, its table and its failures, and tells how many there were; a check that throws counts as one. */
export async function report(name: string, check: () => Promise<CheckResult>): Promise<number> {
  const start = performance.now();
  const result = await caught(check);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${result.failures.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${result.summary} (${seconds} s)`);
  for (const line of table(result.rows)) console.log(`     ${line}`);
  for (const failure of result.failures) console.log(`     ! ${failure}`);
  return result.failures.length;
}

async function caught(check: () => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await check();
  } catch (error) {
    return { summary: 'stopped', rows: [], failures: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
