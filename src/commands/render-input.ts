/** Reads the input and renders it; what render, validate and the Argo CD plugin have in common. */
import { readInputs } from '../adapters/files.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { formatDiagnostics } from '../diagnostics/format.ts';
import { diagnosticsJson } from '../diagnostics/json.ts';
import { render, type RenderOptions, type RenderResult } from '../render.ts';
import type { Streams } from './streams.ts';

export interface InputRequest {
  readonly inputs: readonly string[];
  /** Files that are read too, without looking for a lock beside them. */
  readonly besides: readonly string[];
  readonly kustomize: string | undefined;
  /** A directory that no input may lead out of. */
  readonly within?: string;
  readonly options: RenderOptions;
}

/** Problems with reading the files refuse the input as any other mistake does. */
export async function renderInputs({ inputs, besides, kustomize, within, options }: InputRequest, streams: Streams): Promise<RenderResult> {
  const { files, diagnostics } = await readInputs(inputs, { besides, cwd: streams.cwd, stdin: streams.readStdin, kustomize, within });
  if (diagnostics.length > 0) return { diagnostics, refused: true, objects: [], groups: [] };
  return render(files, options);
}

export interface Report {
  readonly format: 'text' | 'json';
  /** Upper bound of the text in bytes; the most important come first then. */
  readonly maxBytes?: number;
}

export function report(diagnostics: readonly Diagnostic[], { format, maxBytes }: Report, streams: Streams): void {
  if (format === 'json') streams.err(diagnosticsJson(diagnostics));
  else if (diagnostics.length > 0)
    streams.err(formatDiagnostics(diagnostics, { colour: streams.colour, ...(maxBytes === undefined ? {} : { maxBytes }) }));
}

/** `report` in any form that `--format` of REPORT_FLAGS may ask for. */
export async function reportInForm(diagnostics: readonly Diagnostic[], form: string | undefined, streams: Streams): Promise<void> {
  if (form === 'github' || form === 'sarif') streams.err((await import('./report-forms.ts')).reportText(diagnostics, form));
  else report(diagnostics, { format: form === 'json' ? 'json' : 'text' }, streams);
}
