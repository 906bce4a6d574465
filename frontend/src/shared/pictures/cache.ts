import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Image, ImagePage } from '@/api/types';

type ImagePages = InfiniteData<ImagePage, string | null>;

/** The gallery's list; pages of it are kept under this key. */
export const listKey = ['images', 'list'] as const;

/** One picture by itself. */
export const imageKey = (id: string) => ['images', 'one', id] as const;

/** Shows what is newly known of pictures wherever they are shown; newcomers take their place in the list. */
export function rememberImages(client: QueryClient, images: readonly Image[]): void {
  for (const image of images) {
    client.setQueryData(imageKey(image.id), image);
  }
  client.setQueryData<ImagePages>(listKey, (list) => list && withImages(list, images));
}

/** Takes a picture out of everything that shows it. */
export function forgetImage(client: QueryClient, id: string): void {
  client.setQueryData<ImagePages>(listKey, (list) => list && withoutImage(list, id));
  client.removeQueries({ queryKey: imageKey(id) });
}

/** Returns the pictures of all pages, newest first, each once (a page may repeat what came in by another way). */
export function imagesOf(list: ImagePages | undefined): Image[] {
  const images = list?.pages.flatMap((page) => page.images) ?? [];
  return [...new Map(images.map((image) => [image.id, image])).values()];
}

/** Returns a picture that the list holds already. */
export function findInList(client: QueryClient, id: string): Image | undefined {
  return imagesOf(client.getQueryData<ImagePages>(listKey)).find((image) => image.id === id);
}

function withImages(list: ImagePages, images: readonly Image[]): ImagePages {
  const news = new Map(images.map((image) => [image.id, image]));
  const pages = list.pages.map((page) => ({
    ...page,
    images: page.images.map((image) => takeOut(news, image.id) ?? image),
  }));
  const [first, ...rest] = pages;
  if (!first || news.size === 0) {
    return { ...list, pages };
  }
  const newestFirst = [...news.values(), ...first.images].sort((a, b) => (a.id < b.id ? 1 : -1));
  return { ...list, pages: [{ ...first, images: newestFirst }, ...rest] };
}

function takeOut(news: Map<string, Image>, id: string): Image | undefined {
  const image = news.get(id);
  news.delete(id);
  return image;
}

function withoutImage(list: ImagePages, id: string): ImagePages {
  const pages = list.pages.map((page) => ({
    ...page,
    images: page.images.filter((image) => image.id !== id),
  }));
  return { ...list, pages };
}
