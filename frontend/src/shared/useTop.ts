import { useLayoutEffect, useState, type RefObject } from 'react';

/**
 * Returns how far below the beginning of the page an element stands, in CSS pixels.
 *
 * Whatever is above it may change at any time; then the page is as a rule no longer as high as it was.
 */
export function useTop(element: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      if (element.current) setTop(Math.round(element.current.getBoundingClientRect().top + window.scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return top;
}
