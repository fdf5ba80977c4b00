/** Writes model files as llama.cpp reads them: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, version 3, floats only. */

/** A value of the file's header; numbers are unsigned unless they say `float`. */
export type GgufValue =
  | { readonly integer: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly texts: readonly string[] }
  | { readonly floats: readonly number[] }
  | { readonly integers: readonly number[] };

export interface GgufTensor {
  readonly name: string;
  /** The first is the one whose values lie side by side. */
  readonly dimensions: readonly number[];
  readonly values: Float32Array;
}

const TYPE = { uint32: 4, int32: 5, float32: 6, string: 8, array: 9 } as const;
const F32 = 0;
const ALIGNMENT = 32;

export function ggufFile(header: ReadonlyMap<string, GgufValue>, tensors: readonly GgufTensor[]): Buffer {
  const values = [...header].map(([key, value]) => Buffer.concat([text(key), valueBytes(value)]));
  const infos: Buffer[] = [];
  const contents: Buffer[] = [];
  let offset = 0;
  for (const { name, dimensions, values: numbers } of tensors) {
    infos.push(text(name), uint32(dimensions.length), ...dimensions.map(uint64), uint32(F32), uint64(offset));
    const content = padded(Buffer.from(numbers.buffer));
    contents.push(content);
    offset += content.length;
  }
  const head = Buffer.concat([Buffer.from('GGUF'), uint32(3), uint64(tensors.length), uint64(header.size), ...values, ...infos]);
  return Buffer.concat([padded(head), ...contents]);
}

function valueBytes(value: GgufValue): Buffer {
  if ('integer' in value) return Buffer.concat([uint32(TYPE.uint32), uint32(value.integer)]);
  if ('float' in value) return Buffer.concat([uint32(TYPE.float32), float32(value.float)]);
  if ('text' in value) return Buffer.concat([uint32(TYPE.string), text(value.text)]);
  if ('texts' in value) return array(TYPE.string, value.texts.map(text));
  if ('floats' in value) return array(TYPE.float32, value.floats.map(float32));
  return array(TYPE.int32, value.integers.map(uint32));
}

function array(type: number, items: readonly Buffer[]): Buffer {
  return Buffer.concat([uint32(TYPE.array), uint32(type), uint64(items.length), ...items]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((ALIGNMENT - (bytes.length % ALIGNMENT)) % ALIGNMENT)]);
}
