/** A `node --test` reporter that prints the title of every test that passed, one a line. */

interface TestEvent {
  readonly type: string;
  readonly data: { readonly name?: string; readonly skip?: unknown; readonly todo?: unknown };
}

// oxlint-disable-next-line import/no-default-export -- the test runner takes a reporter's default export
export default async function* passedTitles(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    // A skipped test passes for the runner; it proves nothing.
    if (type === 'test:pass' && data.skip === undefined && data.todo === undefined) yield `${data.name}\n`;
  }
}
