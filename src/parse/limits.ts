/**
 * What the parser takes at most, so that hostile input ends in a refusal within 10 s and 512 MB of heap.
 * Every number is checked as a whole process by `npm run e2e:hostile`.
 */
export const LIMITS = {
  /** The largest object etcd takes is 1.5 MiB; a bundle of CRDs or 10,000 minimal instances stays below this. */
  fileBytes: 8 * 1024 * 1024,
  /** A fleet of 1,000 full instances is 6 MB. */
  inputBytes: 32 * 1024 * 1024,
  /** Files, documents and items of lists, each counted over the whole input: room for 10,000 agents and what stands beside them. */
  files: 15_000,
  objects: 15_000,
  /** Maps, lists and scalars of the whole input after reading: the heap they take is what has to be bounded. */
  values: 1_200_000,
  /** Lexical tokens of one document for the general YAML reader, which needs some 300 bytes for each; a CRD of 1 MiB has 200,000. */
  tokensPerDocument: 400_000,
  /** Lines of one document for the general YAML reader, which needs some 150 bytes for each line of a block text. */
  linesPerDocument: 500_000,
  /** Levels of maps and lists. The deepest CRD schemas in use have about 40; recursion over 100 levels is safe in any stack. */
  nesting: 100,
  /** Characters that aliases and merge keys may add to the whole input. */
  expansionCharacters: 16 * 1024 * 1024,
  /** Reading ends after so many diagnostics: nobody reads more, and each costs a look at the text. */
  diagnostics: 10_000,
} as const;
