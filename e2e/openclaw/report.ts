/** Collects what each check said and prints it as a table: one row a check, one column a case of a version. */
export class Report {
  readonly #columns: string[] = [];
  readonly #rows = new Map<string, Map<string, string>>();
  readonly #failures: string[] = [];
  #passed = 0;

  /** Runs one step and says how it went at once. True when it passed. */
  async step(row: string, column: string, work: () => Promise<void>): Promise<boolean> {
    const start = performance.now();
    let failure: string | null = null;
    try {
      await work();
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
    }
    const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`;
    console.log(`${failure === null ? 'ok    ' : 'FAILED'} ${column}: ${row} (${seconds})`);
    this.#note(row, column, failure === null ? seconds : 'FAILED');
    if (failure === null) {
      this.#passed += 1;
      return true;
    }
    console.log(failure.replaceAll(/^/gm, '       '));
    this.#failures.push(`${column}: ${row}`);
    return false;
  }

  /** Counts a check that could not run as failed. */
  couldNotRun(row: string, column: string): void {
    this.#note(row, column, 'NOT RUN');
    this.#failures.push(`${column}: ${row} could not run`);
  }

  /** Prints the table and the totals; true when nothing failed. */
  end(): boolean {
    const widths = [Math.max(...[...this.#rows.keys()].map((row) => row.length)), ...this.#columns.map((column) => column.length)];
    const line = (cells: readonly string[]): void =>
      console.log(
        cells
          .map((cell, index) => cell.padEnd(widths[index] ?? 0))
          .join('  ')
          .trimEnd(),
      );
    console.log('');
    line(['', ...this.#columns]);
    for (const [row, cells] of this.#rows) line([row, ...this.#columns.map((column) => cells.get(column) ?? '')]);
    console.log('');
    for (const failure of this.#failures) console.log(`failed: ${failure}`);
    console.log(`${this.#passed} passed, ${this.#failures.length} failed`);
    return this.#failures.length === 0 && this.#passed > 0;
  }

  #note(row: string, column: string, cell: string): void {
    if (!this.#columns.includes(column)) this.#columns.push(column);
    const cells = this.#rows.get(row) ?? new Map<string, string>();
    this.#rows.set(row, cells.set(column, cell));
  }
}
