/**
 * A language model of 100 kB that is real to Ollama and says one word. All weights between input and output are zero, so that the next
 * token depends on the last one alone: after anything comes the word, and after the word the end.
 */
import { ggufFile, type GgufTensor, type GgufValue } from './gguf.ts';

/** What the model says to whatever it is told. */
export const ANSWER = 'pong';

const [UNKNOWN, BEGIN, END] = [0, 1, 2];
const TYPES = { unknown: 2, control: 3, byte: 6, normal: 1 } as const;
const WIDTH = 32;
/** In SentencePiece's vocabularies this character stands for a blank. */
const BLANK = '\u2581';
const BYTES = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
const TOKENS = ['<unk>', '<s>', '</s>', ...BYTES, `${BLANK}${ANSWER}`];
const WORD = TOKENS.length - 1;

export function chainModel(): Buffer {
  const header = new Map<string, GgufValue>([
    ['general.architecture', { text: 'llama' }],
    ['general.file_type', { integer: 0 }],
    ['llama.context_length', { integer: 131_072 }],
    ['llama.embedding_length', { integer: WIDTH }],
    ['llama.block_count', { integer: 1 }],
    ['llama.feed_forward_length', { integer: WIDTH }],
    ['llama.attention.head_count', { integer: 1 }],
    ['llama.attention.head_count_kv', { integer: 1 }],
    ['llama.attention.layer_norm_rms_epsilon', { float: 1e-5 }],
    ['llama.rope.dimension_count', { integer: WIDTH }],
    ['llama.vocab_size', { integer: TOKENS.length }],
    ['tokenizer.ggml.model', { text: 'llama' }],
    ['tokenizer.ggml.tokens', { texts: TOKENS }],
    ['tokenizer.ggml.scores', { floats: TOKENS.map((_, token) => (token === WORD ? -1 : 0)) }],
    [
      'tokenizer.ggml.token_type',
      { integers: [TYPES.unknown, TYPES.control, TYPES.control, ...BYTES.map(() => TYPES.byte), TYPES.normal] },
    ],
    ['tokenizer.ggml.unknown_token_id', { integer: UNKNOWN }],
    ['tokenizer.ggml.bos_token_id', { integer: BEGIN }],
    ['tokenizer.ggml.eos_token_id', { integer: END }],
  ]);
  // Two directions: what a token that is not the word points to, and what the word points to.
  const embedding = tensor('token_embd.weight', [WIDTH, TOKENS.length]);
  for (const token of TOKENS.keys()) embedding.values[token * WIDTH + (token === WORD ? 1 : 0)] = 1;
  const output = tensor('output.weight', [WIDTH, TOKENS.length]);
  output.values[WORD * WIDTH] = 10;
  output.values[END * WIDTH + 1] = 10;
  const squares = ['attn_q', 'attn_k', 'attn_v', 'attn_output', 'ffn_gate', 'ffn_up', 'ffn_down'];
  return ggufFile(header, [
    embedding,
    output,
    ...['output_norm', 'blk.0.attn_norm', 'blk.0.ffn_norm'].map((name) => tensor(`${name}.weight`, [WIDTH], 1)),
    ...squares.map((name) => tensor(`blk.0.${name}.weight`, [WIDTH, WIDTH])),
  ]);
}

function tensor(name: string, dimensions: readonly number[], fill = 0): GgufTensor {
  return { name, dimensions, values: new Float32Array(dimensions.reduce((product, dimension) => product * dimension, 1)).fill(fill) };
}
