import { SetMetadata } from '@nestjs/common';

/**
 * Leaves a controller out of the service's OpenAPI description, as ApiExcludeController of `@nestjs/swagger` does. That package is
 * loaded when somebody asks for the description: it brings four hundred modules.
 */
export const OutsideApi = () => SetMetadata('swagger/apiExcludeController', [true]);
