import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Image, ImagePage } from '@/api/types';

type ImagePages = InfiniteData<ImagePage, string | null>;

/** Everything that is remembered of pictures. */
export const imagesKey = ['images'] as const;

const listsKey = ['images', 'list'] as const;

/** A list of pictures, everybody's or one owner's; its pages are kept under this key. */
export const listKey = (owner: string | null) => [...listsKey, owner] as const;

/** Whether a picture belongs into a list: into an owner's all that are theirs, into everybody's the public ones. */
export function belongs(
  { owner, visibility }: Pick<Image, 'owner' | 'visibility'>,
  listOwner: string | null,
): boolean {
  return listOwner === null ? visibility === 'public' : owner === listOwner;
}

/** One picture by itself. */
export const imageKey = (id: string) => ['images', 'one', id] as const;

/** Shows what is newly known of pictures wherever they are shown; newcomers take their place in the list. */
export function rememberImages(client: QueryClient, images: readonly Image[]): void {
  for (const image of images) {
    client.setQueryData(imageKey(image.id), image);
  }
  changeLists(client, (list, owner) => withImages(list, images, owner));
}

/** Takes a picture out of everything that shows it. */
export function forgetImage(client: QueryClient, id: string): void {
  changeLists(client, (list) => withoutImage(list, id));
  client.removeQueries({ queryKey: imageKey(id) });
}

/** Returns the pictures of all pages, newest first, each once (a page may repeat what came in by another way). */
export function imagesOf(list: ImagePages | undefined): Image[] {
  const images = list?.pages.flatMap((page) => page.images) ?? [];
  return [...new Map(images.map((image) => [image.id, image])).values()];
}

/** Returns a picture that a list holds already. */
export function findInLists(client: QueryClient, id: string): Image | undefined {
  const lists = client.getQueriesData<ImagePages>({ queryKey: listsKey });
  return lists.flatMap(([, list]) => imagesOf(list)).find((image) => image.id === id);
}

function changeLists(
  client: QueryClient,
  change: (list: ImagePages, owner: string | null) => ImagePages,
): void {
  for (const [key, list] of client.getQueriesData<ImagePages>({ queryKey: listsKey })) {
    if (list) client.setQueryData(key, change(list, key[2] as string | null));
  }
}

function withImages(list: ImagePages, images: readonly Image[], owner: string | null): ImagePages {
  const gone = new Set(images.filter((image) => !belongs(image, owner)).map(({ id }) => id));
  const news = new Map(images.filter((image) => belongs(image, owner)).map((image) => [image.id, image]));
  const pages = list.pages.map((page) => ({
    ...page,
    images: page.images.filter(({ id }) => !gone.has(id)).map((image) => takeOut(news, image.id) ?? image),
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
