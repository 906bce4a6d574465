import { lazy } from 'react';

/** The pictures as a table, fetched by those who want it so. */
export const LazyTable = lazy(() => import('@/features/table/PictureTable'));
