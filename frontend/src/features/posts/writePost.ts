import { api, expectData } from '@/api/client';
import type { Post } from '@/api/types';

/** The most characters that a post says about its picture. */
export const LONGEST = 100;

/** POST /api/posts: shows a picture to those who follow, with some words or none. */
export function createPost(imageId: string, text: string): Promise<Post> {
  return expectData(api.POST('/api/posts', { body: { image_id: imageId, text } }));
}

/** PATCH /api/posts/{id}: says something else about the picture. */
export function changePost(id: string, text: string): Promise<Post> {
  const params = { path: { post_id: id } };
  return expectData(api.PATCH('/api/posts/{post_id}', { params, body: { text } }));
}
