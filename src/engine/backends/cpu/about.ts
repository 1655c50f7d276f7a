import type { About } from '../about.ts';

export const cpu: About = {
  id: 'cpu',
  name: 'Plain loops',
  label: 'the CPU (slow)',
  gpu: false,
  precisions: ['float32'],
  contends: false,
  known: null,
  probe: () => 'the processor',
  needs: 'JavaScript',
  missing: 'Plain loops run wherever this page does.',
  fallback: null,
  timing: ['clock'],
};
