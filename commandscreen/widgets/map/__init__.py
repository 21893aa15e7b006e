"""The grid map: 66,623 grids as a raster of ids and a table of colours, in one widget."""
