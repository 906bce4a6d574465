import type { Settings } from '@/api/types';

/** What an open gallery says of itself. */
export const settings: Settings = {
  access: 'open',
  identity: null,
  uploads: { types: ['image/jpeg'], endings: ['.jpg'], max_bytes: 52_428_800, max_files: 50 },
  model: 'resnet50',
  demo_only: false,
  tile_sets: [],
  paused: false,
  pause: null,
  limits: {
    uploads_per_hour: null,
    captions_per_hour: null,
    captions_a_day: null,
    allowance: null,
    picture_dollars: null,
  },
  export_gb_dollars: null,
  default_visibility: 'public',
  version: '0.1.0',
};
