// Nothing is asked of other sites: neither their validator nor their fonts.
globalThis.SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  displayOperationId: true,
  validatorUrl: null,
});
