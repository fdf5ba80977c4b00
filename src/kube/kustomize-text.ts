/** The characters that kustomize, and so Flux, refuses or changes even where they are escaped: DEL, the C1 controls with NEL, the separators of lines and paragraphs, and two non-characters. */
const BROKEN = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/;

/** The first character of the text that does not survive kustomize, or null. */
export function brokenByKustomize(text: string): string | null {
  return BROKEN.exec(text)?.[0] ?? null;
}
