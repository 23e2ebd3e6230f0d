/** The masthead over a column of text. */
export const Mark = () => (
  <svg className="mark" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
    <path d="M1 1h14v4H1zM5 6h6v2H5zM5 9h6v2H5zM5 12h6v2H5z" />
  </svg>
);
