/** Program: the registry of Ollama's models and its storage. Arguments: key file, certificate file, name of the storage. */
import { readFileSync } from 'node:fs';
import { startModelRegistry } from '../../ollama/model-registry.ts';

const [keyFile = '', certificateFile = '', storage = ''] = process.argv.slice(2);
await startModelRegistry({
  key: readFileSync(keyFile, 'utf8'),
  cert: readFileSync(certificateFile, 'utf8'),
  host: '0.0.0.0',
  port: 443,
  storage,
  log: (line) => console.log(line),
});
