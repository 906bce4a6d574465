import type { Image } from '@/api/types';

/** A captioned picture for tests, with what matters there set. */
export function anImage(news: Partial<Image> = {}): Image {
  const id = news.id ?? '01KAGVQ2W3M8Y6Z5T4R7N9P0XC';
  return {
    id,
    status: 'captioned',
    caption: 'A golden retriever, perhaps a Labrador',
    labels: [
      { label: 'golden retriever', probability: 0.71, source: 'model' },
      { label: 'Labrador retriever', probability: 0.004, source: 'model' },
    ],
    captions: [],
    key: `originals/${id}`,
    version: 1,
    title: null,
    description: null,
    filename: 'dog.jpg',
    attribution: null,
    owner: null,
    owner_name: null,
    visibility: 'public',
    caption_hidden: false,
    hidden: false,
    archived: false,
    trashed_at: null,
    favourite: false,
    type: 'image/jpeg',
    size: 2_400_000,
    width: 400,
    height: 300,
    sha256: null,
    color: '#8a7f6d',
    placeholder: null,
    created_at: '2026-11-20T10:11:12Z',
    taken_at: '2026-11-20T10:11:12',
    taken_offset: null,
    taken_from: 'upload',
    camera: null,
    location: null,
    captioned_at: '2026-11-20T10:11:13Z',
    inference_time_ms: 11.83,
    model: 'resnet50',
    urls: {
      original: `/api/images/${id}/download`,
      large: `/media/${id}/1-large.webp`,
      medium: `/media/${id}/1-medium.webp`,
      small: `/media/${id}/1-small.webp`,
    },
    sizes: {
      small: { width: 400, height: 300 },
      medium: { width: 400, height: 300 },
      large: { width: 400, height: 300 },
    },
    failure: null,
    ...news,
  };
}
