#!/usr/bin/env node
/** The package's command: `npx regnetx-zoo inspect model.pth`. */
import '../cli/main.ts';
