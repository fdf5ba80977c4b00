/** Something a program cannot do and the reader can mend: what was found, what was expected, and a hint. Ends the program with code 1. */
export class Failure extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
