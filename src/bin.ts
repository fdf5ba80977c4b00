#!/usr/bin/env node
/** The executable: lets V8 keep its compiled code between runs, then loads the program. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./main.ts');
